"""The values in a message: days, times, departments, choices, addresses, numbers, names."""

from bot.nlu.values.extract import find_values, values_in
from bot.nlu.values.model import Value

__all__ = ["Value", "find_values", "values_in"]
