# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK 4 program as a person would: through its accessible tree, its keys and the mouse.

Run it inside tests/support/run-display, with the system's Python (it needs python3-gi):

    with App('build/src/coach/liftlogger-coach', '--data-dir', folder) as app:
        app.set_text(app.find('text', 'Username'), 'ana')
        app.click(app.find('button', 'Sign In'))
        app.wait_text('Athlete 1')
        app.press('ctrl+n')

A widget is named by its role and its accessible name. Roles are those of this file's ROLES, so that
a test reads the same on GTK 4.8 and on later releases, which renamed some. Every look-up waits, with
a deadline; what is not on the screen (another page of a stack, a closed popover) is not found unless
it is asked for with shown=False.
"""
import collections
import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time

import lift_atspi
from lift_atspi import PROGRAM_ENVIRONMENT, Gone

# Under a sanitizer everything is slower: the caller says by how much.
SLOWNESS = float(os.environ.get('LIFT_TEST_SLOWNESS', '1'))
TIMEOUT = 15.0
POLL_SECONDS = 0.03

# Our name: the names that releases of GTK and at-spi2-core give it.
ROLES = {
    'button': ('push button', 'button', 'toggle button'),
    'toggle': ('toggle button', 'push button', 'button'),
    'check': ('check box', 'radio button'),
    'switch': ('switch', 'check box', 'toggle button'),
    'text': ('text', 'entry', 'password text', 'spin button', 'editable text'),
    'window': ('frame', 'window', 'dialog', 'alert', 'file chooser'),
    'dialog': ('dialog', 'alert', 'alert dialog'),
    'label': ('label', 'static', 'heading'),
    'row': ('list item', 'table row', 'list box row', 'row'),
    'cell': ('table cell', 'cell', 'grid cell', 'gridcell'),
    'menu item': ('menu item', 'check menu item', 'radio menu item', 'push button', 'button'),
    'combo': ('combo box', 'push button', 'button', 'toggle button'),
    'tab': ('page tab', 'tab', 'toggle button', 'radio button'),
}
# What is pressed through its action; all else by the mouse. For other widgets GTK 4.8 makes up a list
# of actions on each question, and leaks it, which the sanitizers would report as the program's fault.
PRESSED = ('push button', 'button', 'toggle button', 'check box', 'radio button', 'switch')
PRESS_ACTIONS = ('click', 'toggle', 'press', 'activate')
PASSWORD_DOTS = '●•'

XWindow = collections.namedtuple('XWindow', 'id x y width height')


class Timeout(AssertionError):
    """Something that was waited for did not happen; the message says what was there instead."""


def wait_for(predicate, what, timeout=TIMEOUT):
    """Calls predicate until its answer is true and returns that; fails after timeout seconds."""
    deadline = time.monotonic() + timeout * SLOWNESS
    while True:
        # A widget may go away between two questions about it: that answer is "not yet".
        with contextlib.suppress(Gone):
            answer = predicate()
            if answer:
                return answer
        if time.monotonic() > deadline:
            raise Timeout(f'after {timeout * SLOWNESS:.0f} s: no {what() if callable(what) else what}')
        time.sleep(POLL_SECONDS)


def role_matches(widget, role):
    return role is None or widget.role in ROLES.get(role, ()) + (role,)


def plain_name(widget):
    """Returns the accessible name without the mnemonic text that GTK 4.8 puts before it."""
    name = widget.name
    if name.startswith('_') or ' _' in name or '_' in name.split(' ')[0]:
        half = len(name) // 2
        for cut in range(max(half - 1, 0), min(half + 3, len(name))):
            first, rest = name[:cut], name[cut + 1:]
            if name[cut:cut + 1] == ' ' and first.replace('_', '') == rest:
                return rest
    return name


def name_matches(widget, name):
    """name is None for any, a text, a compiled pattern that is searched for, or a function."""
    if name is None:
        return True
    actual = plain_name(widget)
    if callable(name):
        return bool(name(actual))
    if isinstance(name, re.Pattern):
        return name.search(actual) is not None
    return actual == name


def text_of(widget):
    """Returns what stands in a widget: the text of an entry or a label, else its name."""
    text = widget.text()
    return plain_name(widget) if text is None else text


def shows_text(shown, text):
    """Says whether an entry that shows this holds the text; later GTK tells only dots of a password."""
    return shown in (text, *(dot * len(text) for dot in PASSWORD_DOTS))


def is_popover(widget):
    """Says whether a widget is a popover; GTK 4.8 names a widget without a name after its type."""
    return widget.role in ('menu', 'list box') or widget.name.startswith('GtkPopover')


def name_words(name):
    return '' if name is None else ' ' + repr(getattr(name, 'pattern', name))


def xdotool(*arguments):
    """Runs xdotool and returns its output, or None if it failed."""
    done = subprocess.run(['xdotool', *map(str, arguments)], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


class XDisplay:
    """The one thing that xdotool of Debian 12 cannot do: ask a window to close."""

    class ClientMessage(ctypes.Structure):
        _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send_event', ctypes.c_int),
                    ('display', ctypes.c_void_p), ('window', ctypes.c_ulong),
                    ('message_type', ctypes.c_ulong), ('format', ctypes.c_int),
                    ('data', ctypes.c_long * 5), ('room', ctypes.c_long * 24)]

    CLIENT_MESSAGE = 33
    # A window may be gone by the time it is asked; without a handler of ours Xlib would end this process.
    ON_ERROR = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)

    def ask_to_close(self, window):
        x11 = ctypes.CDLL('libX11.so.6')
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        x11.XSetErrorHandler(self.ON_ERROR)
        display = ctypes.c_void_p(x11.XOpenDisplay(None))
        if not display:
            raise AssertionError('there is no display; run this inside run-display')
        message = self.ClientMessage(type=self.CLIENT_MESSAGE, window=window, format=32)
        message.message_type = x11.XInternAtom(display, b'WM_PROTOCOLS', 0)
        message.data[0] = x11.XInternAtom(display, b'WM_DELETE_WINDOW', 0)
        x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
        x11.XSync(display, 0)
        x11.XCloseDisplay(display)


x_display = XDisplay()


class App:
    """A running program with windows."""

    def __init__(self, *argv, env=None, log=None, timeout=TIMEOUT, **kwargs):
        """Starts argv and waits for its first window.

        env adds to the environment; log is a path that gets what the program prints.
        """
        environment = dict(PROGRAM_ENVIRONMENT)
        environment.update(env or {})
        output = open(log, 'ab') if log else None
        try:
            self.process = subprocess.Popen(argv, env=environment, stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=output, **kwargs)
        finally:
            if output:
                output.close()
        self.pid = self.process.pid
        self.label = os.path.basename(argv[0])
        try:
            self._find_root(lambda program: program.process_id() == self.pid, timeout)
        except BaseException:
            self.kill()
            raise

    @classmethod
    def attach(cls, pid=None, name=None, timeout=TIMEOUT):
        """Returns the App of a program that runs already, by process id or by its accessible name.

        Inside a sandbox the process id is another one: use the name there.
        """
        app = cls.__new__(cls)
        app.process, app.pid, app.label = None, pid, name or str(pid)
        app._find_root(
            lambda program: program.process_id() == pid if pid else program.name() == name, timeout)
        app.pid = pid or app.program.process_id()
        return app

    def _find_root(self, is_ours, timeout):
        self.bus = lift_atspi.Bus()

        def look():
            if not self.is_running():
                raise AssertionError(f'{self.label} ended with status {self.process.returncode}')
            for program in self.bus.programs():
                with contextlib.suppress(Gone):
                    if is_ours(program) and program.windows():
                        return program
            return None

        self.program = wait_for(look, f'window of {self.label}', timeout)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        if kind is not None and not isinstance(error, SystemExit):
            self.explain()
        if self.is_running():
            self.kill() if kind is not None else self.close()

    def explain(self):
        """Prints what the windows show as TAP comments, and saves a picture where one is wanted."""
        with contextlib.suppress(Exception):
            for line in self.describe().splitlines():
                print('#', line)
        folder = os.environ.get('LIFT_TEST_ARTIFACTS')
        if folder:
            with contextlib.suppress(Exception):
                os.makedirs(folder, exist_ok=True)
                path = os.path.join(folder, f'{self.label}-{time.time_ns()}.png')
                self.screenshot(path)
                print('# picture:', path)
        sys.stdout.flush()

    # The program.

    def is_running(self):
        if self.process is not None:
            return self.process.poll() is None
        return self.pid is None or os.path.exists(f'/proc/{self.pid}')

    def wait_exit(self, timeout=TIMEOUT):
        """Waits until the program has ended and returns its exit status."""
        try:
            return self.process.wait(timeout * SLOWNESS)
        except subprocess.TimeoutExpired:
            raise Timeout(f'{self.label} did not end within {timeout * SLOWNESS:.0f} s') from None

    def close(self, timeout=TIMEOUT):
        """Asks each window to close, as a window manager does, and returns the exit status."""
        for window in reversed(self.x_windows()):
            x_display.ask_to_close(window.id)
        if self.process is None:
            wait_for(lambda: not self.is_running(), f'end of {self.label}', timeout)
            return None
        return self.wait_exit(timeout)

    def kill(self):
        """Ends the program at once, as a power cut would: kill -9."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    # Looking.

    def snapshot(self):
        """Returns the accessible tree as it is now."""
        if not self.is_running():
            raise AssertionError(f'{self.label} has ended' +
                                 (f' with status {self.process.returncode}' if self.process else ''))
        return self.program.snapshot()

    def windows(self):
        """Returns the accessible windows, the oldest first."""
        return self.snapshot().children

    def find_all(self, role=None, name=None, within=None, shown=True):
        """Returns the widgets that match now; it does not wait."""
        root = self.snapshot()
        if within is not None:
            root = root.find(within)
        found = [widget for widget in root.walk()
                 if role_matches(widget, role) and name_matches(widget, name)]
        return self.program.shown(found) if shown else found

    def exists(self, role=None, name=None, within=None, shown=True):
        return bool(self.find_all(role, name, within, shown))

    def find(self, role=None, name=None, within=None, shown=True, index=0, timeout=TIMEOUT):
        """Waits for a widget and returns it; index chooses among several."""
        def look():
            found = self.find_all(role, name, within, shown)
            return found[index] if -len(found) <= index < len(found) else None

        return wait_for(look, f'{role or "widget"}{name_words(name)} in {self.label}', timeout)

    def wait_gone(self, role=None, name=None, within=None, timeout=TIMEOUT):
        """Waits until nothing on the screen matches."""
        wait_for(lambda: not self.exists(role, name, within),
                 f'end of {role or "widget"}{name_words(name)} in {self.label}', timeout)

    def wait_state(self, widget, state, wanted=True, timeout=TIMEOUT):
        """Waits for a state such as 'SENSITIVE' or 'CHECKED' to be set, or with wanted=False cleared."""
        def look():
            widget.refresh()
            return widget.has(state) == wanted

        wait_for(look, f'{"" if wanted else "end of "}state {state} of {plain_name(widget)!r}', timeout)

    def text(self, widget):
        """Returns the text of an entry or a label as it is now."""
        widget.refresh()
        return text_of(widget)

    def visible_texts(self, within=None):
        """Returns every text on the screen, in the order of the widgets."""
        found = [widget for widget in self.find_all(within=within)
                 if widget.role in ROLES['label'] + ROLES['text'] + ('paragraph', 'status bar')]
        texts = [plain_name(widget) if text is None else text
                 for widget, text in zip(found, self.program.texts(found))]
        return [text for text in texts if text]

    def has_text(self, text, within=None):
        """Says whether a text is on the screen now, as part of a label or entry, or by a pattern."""
        pattern = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
        return any(pattern.search(shown) for shown in self.visible_texts(within))

    def wait_text(self, text, within=None, timeout=TIMEOUT):
        """Waits until a text is on the screen and returns the whole text of that label or entry."""
        pattern = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))

        def look():
            return next((shown for shown in self.visible_texts(within) if pattern.search(shown)), None)

        return wait_for(look, f'text {pattern.pattern!r} in {self.label}', timeout)

    def wait_no_text(self, text, within=None, timeout=TIMEOUT):
        wait_for(lambda: not self.has_text(text, within), f'end of text {text!r} in {self.label}', timeout)

    def focused(self):
        """Returns the widget that has the keyboard focus, or None; the innermost if several say so."""
        found = [widget for widget in self.snapshot().walk() if widget.has('FOCUSED')]
        return found[-1] if found else None

    def wait_focused(self, role=None, name=None, timeout=TIMEOUT):
        def look():
            widget = self.focused()
            if widget is None:
                # In later GTK nothing is focused in a window that has not the keyboard, and the window
                # below one that was closed does not get it by itself.
                self.focus_window()
            elif role_matches(widget, role) and name_matches(widget, name):
                return widget
            return None

        return wait_for(look, f'focus on {role or "widget"}{name_words(name)} in {self.label}', timeout)

    def describe(self, shown=True):
        """Returns the tree as text: for messages, and to see how a window presents itself."""
        root = self.snapshot()
        everything = list(root.walk())
        mapped = {widget.path for widget in self.program.shown(everything)}
        texts = dict(zip((widget.path for widget in everything), self.program.texts(everything)))
        lines = []

        def add(widget, depth):
            hidden = widget.path not in mapped and widget.has_place()
            if hidden and shown:
                return
            name, text = plain_name(widget), texts[widget.path]
            states = [state.lower() for state in ('FOCUSED', 'CHECKED', 'PRESSED', 'SELECTED', 'EXPANDED')
                      if widget.has(state)]
            states += [] if widget.has('SENSITIVE') else ['insensitive']
            lines.append('  ' * depth + widget.role + (f' {name!r}' if name else '') +
                         (f' text {text!r}' if text not in (None, name) else '') +
                         (f' [{", ".join(states)}]' if states else '') + (' (hidden)' if hidden else ''))
            for child in widget.children:
                add(child, depth + 1)

        for window in root.children:
            add(window, 0)
        return '\n'.join(lines)

    # Doing, through the accessible interfaces.

    def act(self, widget, *wanted):
        """Does the first of the wanted actions that the widget has."""
        names = widget.actions()
        for name in wanted:
            if name in names:
                if not widget.act(names.index(name)):
                    raise AssertionError(f'{plain_name(widget)!r} refused the action {name}')
                return
        raise AssertionError(f'{widget.role} {plain_name(widget)!r} has none of the actions '
                             f'{", ".join(wanted)}; it has {", ".join(names) or "none"}')

    def click(self, widget):
        """Presses a button or a switch; a row and all else are clicked with the mouse."""
        widget.refresh()
        if not widget.has('SENSITIVE'):
            raise AssertionError(f'{plain_name(widget)!r} is insensitive')
        # A menu button is a frame around the button that opens the menu.
        inner = next((child for child in widget.children if child.role in PRESSED), widget)
        if inner.role in PRESSED and set(PRESS_ACTIONS) & set(inner.actions()):
            self.act(inner, *PRESS_ACTIONS)
        else:
            self.mouse(widget)

    def activate(self, widget):
        """Does what Enter in an entry or on a row does."""
        self.act(widget, 'activate', 'click')

    def set_text(self, widget, text):
        """Replaces the text of an entry at once; see type_text for what depends on each key."""
        if not widget.is_editable():
            raise AssertionError(f'{widget.role} {plain_name(widget)!r} is no entry')
        if not widget.set_text(text):
            raise AssertionError(f'{plain_name(widget)!r} did not take the text {text!r}')
        if widget.role != 'password text':
            wait_for(lambda: shows_text(self.text(widget), text), f'text {text!r} in {plain_name(widget)!r}')

    def choose(self, opener, name, timeout=TIMEOUT):
        """Opens a menu, a combo row or a drop-down list and clicks on the item of this name."""
        self.click(opener)

        def look():
            return next((widget for widget in self.find_all(name=name)
                         if any(is_popover(outer) for outer in widget.ancestors())), None)

        item = wait_for(look, f'item{name_words(name)} in {plain_name(opener)!r}', timeout)
        popover = next(outer for outer in item.ancestors() if is_popover(outer))
        if popover.role != 'list box':
            self.click(item)
            return
        # GTK 4.18 leaves the padding around a row out of its place, so that the mouse would miss it.
        rows = [widget for widget in popover.walk() if widget.role == 'list item']
        place = next(index for index, row in enumerate(rows) if item in row.walk())
        self.press('Home', *['Down'] * place, 'Return')

    # Doing, through the display: keys, mouse, pictures.

    def x_windows(self):
        """Returns the windows on the display, the topmost last."""
        found = []
        for identity in (xdotool('search', '--onlyvisible', '--pid', self.pid) or '').split():
            shell = xdotool('getwindowgeometry', '--shell', identity)
            if shell is None:
                continue
            values = dict(line.split('=', 1) for line in shell.splitlines() if '=' in line)
            window = XWindow(int(identity), *(int(values[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT')))
            if window.width > 1 and window.height > 1:
                found.append(window)
        return found

    def x_window(self):
        """Returns the topmost window that has a title; popovers stand above it and have none."""
        def look():
            titles = [plain_name(window) for window in self.windows()]
            return [window for window in self.x_windows() if xdotool('getwindowname', window.id) in titles]

        return wait_for(look, f'window of {self.label} on the display')[-1]

    def focus_window(self):
        """Gives the keyboard to this program; there is no window manager that would."""
        def look():
            current = xdotool('getwindowfocus')
            if current and int(current) in [window.id for window in self.x_windows()]:
                return True
            window = self.x_window()
            xdotool('windowraise', window.id)
            xdotool('windowfocus', window.id)
            return False

        wait_for(look, f'keyboard focus of {self.label}')

    def press(self, *keys):
        """Presses keys one after the other, such as 'Tab', 'ctrl+z' or 'shift+Down'."""
        self.focus_window()
        for key in keys:
            if xdotool('key', '--clearmodifiers', key) is None:
                raise AssertionError(f'cannot press {key}')

    def type_text(self, text, delay=8):
        """Types into what has the focus, a key at a time; delay is in milliseconds."""
        self.focus_window()
        if xdotool('type', '--clearmodifiers', '--delay', delay, '--', text) is None:
            raise AssertionError(f'cannot type {text!r}')

    def center(self, widget):
        """Returns the middle of a widget in pixels of the screen.

        GTK 4 knows only places inside a window, and there without its shadow; the shadow is as wide
        at the left as at the right, so that the middles of the two are the same. The same holds for a
        popover, which is a window of its own on the display, but for the few pixels of its arrow.
        """
        widget = self.snapshot().find(widget)
        frame = next((outer for outer in widget.ancestors() if is_popover(outer)), None)
        windows = self.x_windows()
        if frame is None:
            frame = widget.window()
            titled = [window for window in windows if xdotool('getwindowname', window.id) == plain_name(frame)]
            window = (titled or [self.x_window()])[-1]
        else:
            size = frame.extents()
            window = min(windows, key=lambda other: abs(other.width - size.width) + abs(other.height - size.height))
        box, outer = widget.extents(), frame.extents()
        x = window.x + window.width // 2 + box.x + box.width // 2 - outer.x - outer.width // 2
        y = window.y + window.height // 2 + box.y + box.height // 2 - outer.y - outer.height // 2
        return x, y

    def mouse(self, widget, button=1, count=1):
        """Clicks in the middle of a widget with the mouse."""
        self.focus_window()
        x, y = self.center(widget)
        if not any(window.x <= x < window.x + window.width and window.y <= y < window.y + window.height
                   for window in self.x_windows()):
            raise AssertionError(f'{plain_name(widget)!r} is outside the window: scroll to it first')
        if xdotool('mousemove', '--sync', x, y, 'click', '--repeat', count, '--delay', 60, button) is None:
            raise AssertionError(f'cannot click at {x}, {y}')

    def drag(self, widget, target):
        """Drags the middle of a widget to the middle of another."""
        self.focus_window()
        (x, y), (end_x, end_y) = self.center(widget), self.center(target)
        xdotool('mousemove', '--sync', x, y, 'mousedown', 1)
        # GTK starts a drag only once the pointer has moved some way with the button down.
        for step in range(1, 11):
            xdotool('mousemove', '--sync', x + (end_x - x) * step // 10, y + (end_y - y) * step // 10)
            time.sleep(0.02)
        xdotool('mouseup', 1)

    def resize(self, width, height):
        """Gives the topmost window another size."""
        window = self.x_window()
        xdotool('windowsize', window.id, width, height)

        def sized():
            now = self.x_window()
            return now.width == width and now.height == height

        wait_for(sized, f'window of {width} × {height}')

    def screenshot(self, path, window=False):
        """Saves the screen, or the part where the topmost window is, once it has come to rest."""
        crop = []
        if window:
            box = self.x_window()
            crop = ['-crop', f'{box.width}x{box.height}+{box.x}+{box.y}', '+repage']
        command = ['import', '-silent', '-window', 'root', *crop]
        before = None
        for _ in range(20):
            now = subprocess.run([*command, 'rgb:-'], capture_output=True, check=True).stdout
            if now == before:
                break
            before = now
            time.sleep(0.1)
        subprocess.run([*command, path], check=True)
