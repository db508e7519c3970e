"""Faults: whichever file has one, everybody gets it from `pipelines.faults`, and every family has its exit code."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

from pipelines import faults


@pytest.mark.parametrize("subject", [module.name for module in iter_modules(faults.__path__)])
def test_every_fault_of_a_file_is_handed_on(subject: str) -> None:
    home = import_module(f"pipelines.faults.{subject}")
    own = {
        name: kind
        for name, kind in inspect.getmembers(home, inspect.isclass)
        if kind.__module__ == home.__name__
    }
    assert own
    for name, kind in own.items():
        assert issubclass(kind, faults.Fault), name
        assert name in faults.__all__
        assert getattr(faults, name) is kind
        assert kind is faults.Fault or kind.exit_code in (2, 3, 4), name
