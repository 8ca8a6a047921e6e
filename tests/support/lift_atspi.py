# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks to programs over the accessibility bus: what lift_a11y is built on.

The usual library asks about one property of one widget at a time and remembers the answers, which
may be old by then: a look at a window of two thousand widgets takes it three seconds. Here one
question brings the whole tree, and what has to be asked of each widget is asked of all at once.
"""
import collections
import os

# The tests make warnings fatal in the programs that they start, not in this process.
PROGRAM_ENVIRONMENT = dict(os.environ)
os.environ.pop('G_DEBUG', None)

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = '/org/a11y/atspi/accessible/root'
REGISTRY = 'org.a11y.atspi.Registry'
ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
APPLICATION = 'org.a11y.atspi.Application'
CACHE = 'org.a11y.atspi.Cache'
COMPONENT = 'org.a11y.atspi.Component'
EDITABLE = 'org.a11y.atspi.EditableText'
TEXT = 'org.a11y.atspi.Text'
PROPERTIES = 'org.freedesktop.DBus.Properties'
CALL_MILLISECONDS = 20000
IN_WINDOW = int(Atspi.CoordType.WINDOW)
VISIBLE = int(Atspi.StateType.VISIBLE)

Extents = collections.namedtuple('Extents', 'x y width height')


class Gone(Exception):
    """The program or the widget does not answer any more."""


class Bus:
    """The connection to the accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        reply = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None,
                                  None, Gio.DBusCallFlags.NONE, CALL_MILLISECONDS, None)
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            reply.unpack()[0], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, name, path, interface, method, signature=None, *values):
        """Calls a method and returns what it answers."""
        arguments = GLib.Variant(signature, values) if signature else None
        try:
            reply = self.connection.call_sync(name, path, interface, method, arguments, None,
                                              Gio.DBusCallFlags.NO_AUTO_START, CALL_MILLISECONDS, None)
        except GLib.Error as error:
            raise Gone(f'{interface}.{method}: {error.message}') from None
        answer = reply.unpack()
        return answer[0] if len(answer) == 1 else answer

    def call_many(self, name, calls):
        """Sends all calls, each (path, interface, method, signature, values...), then collects the answers.

        Returns them in the same order, None for each that failed.
        """
        answers = [None] * len(calls)
        left = len(calls)
        context = GLib.MainContext.default()

        def answered(connection, result, index):
            nonlocal left
            left -= 1
            try:
                answer = connection.call_finish(result).unpack()
                answers[index] = answer[0] if len(answer) == 1 else answer
            except GLib.Error:
                pass

        for index, (path, interface, method, signature, *values) in enumerate(calls):
            arguments = GLib.Variant(signature, tuple(values)) if signature else None
            self.connection.call(name, path, interface, method, arguments, None,
                                 Gio.DBusCallFlags.NO_AUTO_START, CALL_MILLISECONDS, None, answered, index)
        while left:
            context.iteration(True)
        return answers

    def programs(self):
        """Returns the programs that have told the bus of themselves."""
        try:
            names = {name for name, _path in self.call('org.a11y.atspi.Registry', ROOT, ACCESSIBLE,
                                                       'GetChildren')}
        except Gone:
            return []
        return [Program(self, name) for name in sorted(names)]


class Program:
    """One program on the bus."""

    def __init__(self, bus, address):
        self.bus = bus
        self.address = address

    def call(self, path, interface, method, signature=None, *values):
        return self.bus.call(self.address, path, interface, method, signature, *values)

    def call_many(self, calls):
        return self.bus.call_many(self.address, calls)

    def name(self):
        return self.call(ROOT, PROPERTIES, 'Get', '(ss)', ACCESSIBLE, 'Name')

    def process_id(self):
        return self.bus.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                             'GetConnectionUnixProcessID', '(s)', self.address)

    def toolkit_version(self):
        """Returns the release of GTK, such as '4.8.3'."""
        return self.call(ROOT, PROPERTIES, 'Get', '(ss)', APPLICATION, 'Version')

    def windows(self):
        """Returns the paths of the windows."""
        return [path for _address, path in self.call(ROOT, ACCESSIBLE, 'GetChildren')]

    def items(self):
        """Returns what the program tells of all widgets that were asked for once, by path."""
        try:
            rows = self.call('/org/a11y/atspi/cache', CACHE, 'GetItems')
        except Gone:
            # The program has not put up its cache yet: each widget can be asked.
            return {}
        return {row[0][1]: row for row in rows}

    def snapshot(self):
        """Returns the root of the tree as it is now."""
        items = self.items()
        children = self._children(items)
        if any(path not in items for paths in children.values() for path in paths):
            # A program makes a widget accessible only when somebody asks its parent for it.
            items = self.items()
        root = Widget(self, ROOT, None, None)
        todo = [root]
        while todo:
            widget = todo.pop()
            widget.children = [Widget(self, path, items[path], widget)
                               for path in children.get(widget.path, []) if path in items]
            todo += widget.children
        return root

    def _children(self, items):
        """Returns the paths of the children of each widget; asks where the items leave some out."""
        known = collections.defaultdict(list)
        for path, row in items.items():
            # One that was hidden since would fill the place of one that was shown since.
            if row[9][0] >> VISIBLE & 1:
                known[row[2][1]].append((row[3], path))
        children, level = {ROOT: self.windows()}, list(self.windows())
        while level:
            unknown = []
            below = []
            for path in level:
                mine = sorted(known.get(path, []))
                places = [place for place, _child in mine]
                if path in items and places == list(range(items[path][4])):
                    children[path] = [child for _index, child in mine]
                    below += children[path]
                else:
                    unknown.append(path)
            answers = self.call_many([(path, ACCESSIBLE, 'GetChildren', None) for path in unknown])
            for path, answer in zip(unknown, answers):
                children[path] = [child for _address, child in answer or []]
                below += children[path]
            level = [path for path in below if path not in children]
        return children

    def shown(self, widgets):
        """Returns those of the widgets that are on the screen.

        GTK 4.8 has no state for "mapped", but only a mapped widget contains its own middle.
        """
        sure = {widget.path for widget in widgets if widget.has('SHOWING')}
        asked = [widget for widget in widgets
                 if widget.path not in sure and widget.has('VISIBLE') and widget.has_place()]
        boxes = self.call_many([(widget.path, COMPONENT, 'GetExtents', '(u)', IN_WINDOW) for widget in asked])
        sized = [(widget, Extents(*box)) for widget, box in zip(asked, boxes)
                 if box is not None and box[2] > 0 and box[3] > 0]
        answers = self.call_many([(widget.path, COMPONENT, 'Contains', '(iiu)', box.x + box.width // 2,
                                   box.y + box.height // 2, IN_WINDOW) for widget, box in sized])
        sure |= {widget.path for (widget, _box), inside in zip(sized, answers) if inside}
        return [widget for widget in widgets if widget.path in sure]

    def texts(self, widgets):
        """Returns the text of each widget, None for those that hold none."""
        found = {}
        left = [widget for widget in widgets if TEXT in widget.interfaces]
        lengths = self._text_lengths(left)
        while left:
            # An end of -1 gives an empty text in GTK 4.8, and one past the end is not sure to be taken.
            texts = self.call_many([(widget.path, TEXT, 'GetText', '(ii)', 0, length or 0)
                                    for widget, length in zip(left, lengths)])
            after = self._text_lengths(left)
            found.update((widget.path, text) for widget, text in zip(left, texts))
            # Where the length has changed in between, the text may have been cut.
            changed = [index for index in range(len(left)) if lengths[index] != after[index]]
            left, lengths = [left[index] for index in changed], [after[index] for index in changed]
        return [found.get(widget.path) for widget in widgets]

    def _text_lengths(self, widgets):
        return self.call_many([(widget.path, PROPERTIES, 'Get', '(ss)', TEXT, 'CharacterCount')
                               for widget in widgets])


class Widget:
    """One widget as it was when the snapshot was taken; refresh() asks again."""

    def __init__(self, program, path, row, parent):
        self.program = program
        self.path = path
        self.parent = parent
        self.children = []
        self.name, self.interfaces, self.role, self.states = '', (), 'application', 0
        if row is not None:
            self.interfaces, self.name = row[5], row[6]
            self.role = self.role_name(row[7])
            self._take_states(row[9])

    @staticmethod
    def role_name(number):
        return Atspi.Role(number).value_nick.replace('-', ' ')

    def _take_states(self, words):
        self.states = words[0] | words[1] << 32

    def _call(self, interface, method, signature=None, *values):
        return self.program.call(self.path, interface, method, signature, *values)

    def walk(self):
        """Yields the widget and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, other):
        """Returns the widget that another snapshot's widget is in this tree."""
        for widget in self.walk():
            if widget.path == other.path:
                return widget
        raise Gone(f'{other.role} {other.name!r} is no longer there')

    def ancestors(self):
        """Yields the widget itself and those it is in, up to the window."""
        widget = self
        while widget is not None and widget.path != ROOT:
            yield widget
            widget = widget.parent

    def window(self):
        """Returns the window that the widget is in."""
        *_inner, window = self.ancestors()
        return window

    def refresh(self):
        self._take_states(self._call(ACCESSIBLE, 'GetState'))
        self.name = self._call(PROPERTIES, 'Get', '(ss)', ACCESSIBLE, 'Name')

    def has(self, state):
        return bool(self.states >> int(getattr(Atspi.StateType, state)) & 1)

    def has_place(self):
        return COMPONENT in self.interfaces

    def extents(self):
        """Returns the place of the widget in its window."""
        return Extents(*self._call(COMPONENT, 'GetExtents', '(u)', IN_WINDOW))

    def text(self):
        return self.program.texts([self])[0]

    def is_editable(self):
        return EDITABLE in self.interfaces

    def set_text(self, text):
        return self._call(EDITABLE, 'SetTextContents', '(s)', text)

    def actions(self):
        if ACTION not in self.interfaces:
            return []
        count = self._call(PROPERTIES, 'Get', '(ss)', ACTION, 'NActions')
        return self.program.call_many([(self.path, ACTION, 'GetName', '(i)', index) for index in range(count)])

    def act(self, index):
        return self._call(ACTION, 'DoAction', '(i)', index)
