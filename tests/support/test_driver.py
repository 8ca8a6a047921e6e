#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The LiftLogger authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the driver itself, on a window that has one of each widget.

usage: test_driver.py FIXTURE [PART-OF-A-NAME...]; run inside run-display.
"""
import os
import re
import subprocess
import sys
import tempfile

import lift_a11y
import lift_tap
from lift_a11y import App, Timeout

FIXTURE = sys.argv.pop(1)


def start():
    return App(FIXTURE)


def refuses(kind, function, *args, **kwargs):
    """Fails unless the call raises the error; returns its message."""
    try:
        function(*args, **kwargs)
    except kind as error:
        return str(error)
    raise AssertionError(f'{function.__name__} raised no {kind.__name__}')


def clicks_and_reads():
    """A text set in an entry and a click change a label and the list"""
    with start() as app:
        entry = app.find('text', 'Exercise')
        app.set_text(entry, 'Back squat')
        assert app.text(entry) == 'Back squat'
        app.click(app.find('button', 'Add exercise'))
        assert app.wait_text('Added') == 'Added Back squat, 1 so far'
        app.click(app.find('row', 'Back squat'))
        app.wait_text('Row Back squat')
        assert 'Nothing yet' not in app.visible_texts()


def mnemonics_are_left_out():
    """A button with a mnemonic is found by its label, and only by the whole of it"""
    with start() as app:
        app.find('button', 'Add exercise')
        assert not app.exists('button', 'exercise')
        app.find('button', re.compile('^Add'))
        app.find('button', lambda name: name.endswith('page'))
        assert not app.exists('label', re.compile('_'))


def toggles_switches():
    """A switch is turned on and off, and its state can be waited for"""
    with start() as app:
        toggle = app.find('switch', 'Kilograms')
        app.click(toggle)
        app.wait_text('Switched on')
        app.wait_state(toggle, 'CHECKED')
        app.click(toggle)
        app.wait_text('Switched off')
        app.wait_state(toggle, 'CHECKED', wanted=False)


def types_keys():
    """Keys reach the focused entry, and shortcuts the window"""
    with start() as app:
        app.wait_focused('text', 'Exercise')
        app.type_text('3x5 100 @8')
        entry = app.find('text', 'Exercise')
        lift_a11y.wait_for(lambda: app.text(entry) == '3x5 100 @8', 'typed text')
        app.press('shift+Home', 'BackSpace')
        lift_a11y.wait_for(lambda: app.text(entry) == '', 'empty entry')
        app.press('Tab')
        app.wait_focused('text', 'Password')
        app.press('Escape')
        app.wait_text('Escape was pressed')


def clicks_with_the_mouse():
    """The mouse hits the middle of a widget"""
    with start() as app:
        app.mouse(app.find('button', 'Add exercise'))
        app.wait_text('1 so far')
        app.mouse(app.find('text', 'Password'))
        app.wait_focused('text', 'Password')


def passwords_are_entered():
    """A password is entered, however much of it the program tells"""
    with start() as app:
        app.set_text(app.find('text', 'Password'), 'lift-every-day')
    assert lift_a11y.shows_text('abc', 'abc') and lift_a11y.shows_text('●●●', 'abc')
    assert not lift_a11y.shows_text('●●', 'abc') and not lift_a11y.shows_text('', 'abc')


def chooses_from_popovers():
    """An item of a drop-down list is chosen, and one that is not there is refused"""
    with start() as app:
        app.choose(app.find('combo', 'Unit'), 'Pounds')
        app.wait_text('Chose Pounds')
        assert 'Stones' in refuses(Timeout, app.choose, app.find('combo', 'Unit'), 'Stones', timeout=0.5)


def tells_of_hidden(app):
    """GTK 4.8 has what is not on the screen in its tree; of later releases, 4.18 leaves it out."""
    return app.program.toolkit_version().startswith('4.8.')


def hidden_pages_are_not_shown():
    """What is on another page of a stack is found only when asked for"""
    with start() as app:
        app.find('label', 'Nothing yet')
        assert not app.exists('label', 'The second page')
        if tells_of_hidden(app):
            assert app.exists('label', 'The second page', shown=False)
        app.click(app.find('button', 'Next page'))
        app.find('label', 'The second page')
        app.wait_gone('text', 'Exercise')
        assert not app.has_text('Nothing yet')


def missing_widgets_are_refused():
    """Waiting for what does not come fails, names it, and lasts as long as was said"""
    with start() as app:
        words = refuses(Timeout, app.find, 'button', 'Delete everything', timeout=0.3)
        assert 'Delete everything' in words and 'button' in words, words
        refuses(Timeout, app.wait_text, 'No such text', timeout=0.3)
        refuses(Timeout, app.wait_gone, 'button', 'Add exercise', timeout=0.3)
        refuses(AssertionError, app.set_text, app.find('button', 'Add exercise'), 'x')
        refuses(AssertionError, app.act, app.find('button', 'Add exercise'), 'fly')


def pictures_show_the_window():
    """A picture of the window has its size, and changes when the window does"""
    with start() as app, tempfile.TemporaryDirectory() as folder:
        first, second = os.path.join(folder, '1.png'), os.path.join(folder, '2.png')
        app.resize(360, 560)
        app.screenshot(first, window=True)
        size = subprocess.run(['identify', '-format', '%wx%h', first], capture_output=True, text=True)
        assert size.stdout == '360x560', size.stdout
        app.click(app.find('button', 'Next page'))
        app.find('label', 'The second page')
        app.screenshot(second, window=True)
        with open(first, 'rb') as one, open(second, 'rb') as two:
            assert one.read() != two.read()


def attaches_to_a_running_program():
    """A program that runs already is found by its process id"""
    with start() as app:
        other = App.attach(pid=app.pid)
        other.click(other.find('button', 'Add exercise'))
        app.wait_text('1 so far')


def ends_in_both_ways():
    """Closing ends a program with status 0, killing ends it at once"""
    app = start()
    assert app.close() == 0
    app = start()
    app.kill()
    assert app.process.returncode == -9 and not app.is_running()


def a_crash_is_told_at_once():
    """A look at a program that has crashed fails at once and says so, however long the wait"""
    with start() as app:
        app.find('button', 'Add exercise')
        app.kill()
        assert 'status -9' in refuses(AssertionError, app.find, 'button', 'Add exercise', timeout=600)


def a_program_without_a_window_is_told():
    """A program that ends before it has a window is an error at once, with its status"""
    assert 'status 1' in refuses(AssertionError, App, 'false')


def the_tree_is_described():
    """The description names roles, texts and the focus, and leaves hidden pages out"""
    with start() as app:
        app.set_text(app.find('text', 'Exercise'), 'Deadlift')
        app.wait_focused('text', 'Exercise')
        words = app.describe()
        assert "'Exercise' text 'Deadlift' [focused]" in words, words
        assert 'The second page' not in words
        if tells_of_hidden(app):
            assert 'The second page' in app.describe(shown=False)


sys.exit(lift_tap.run([
    clicks_and_reads, mnemonics_are_left_out, toggles_switches, types_keys, clicks_with_the_mouse,
    passwords_are_entered, chooses_from_popovers, hidden_pages_are_not_shown, missing_widgets_are_refused,
    pictures_show_the_window,
    attaches_to_a_running_program, ends_in_both_ways, a_crash_is_told_at_once,
    a_program_without_a_window_is_told, the_tree_is_described,
]))
