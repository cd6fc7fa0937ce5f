"""Writes numbers as Danes do."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal


def danish_number(number: Decimal) -> str:
    """Return a number in digits: `12.345,67`. No decimal is rounded away."""
    return format_decimal(number, locale="da", decimal_quantization=False)
