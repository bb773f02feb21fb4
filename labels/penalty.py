"""The four penalty rules that choose a mask (ISO/IEC 18004 §7.8.3), over a symbol in one number.

A symbol of n x n modules is a number of n rows, top row first, each padded with light modules to
`stride` bits, a whole number of bytes: neighbours are one or `stride` bits apart, so each rule is a
few shifts, ands and bit counts instead of a walk over the modules.
"""

from collections.abc import Callable


def penalty_rule(n: int, stride: int) -> Callable[[int], int]:
    """The scoring function for symbols of n x n modules; the same points as python-qrcode 8.2."""
    row = ((1 << n) - 1) << (stride - n)
    row_pairs = ((1 << (n - 1)) - 1) << (stride - n)
    full = sum(row << (r * stride) for r in range(n))
    right_of = sum(row_pairs << (r * stride) for r in range(n))
    below = sum(row << (r * stride) for r in range(n - 1))
    one, two, three, four, seven = (stride * k for k in (1, 2, 3, 4, 7))
    total = n * n

    def penalty(dark: int) -> int:
        light = dark ^ full
        same_left = (dark ^ (dark >> 1) ^ right_of) & right_of
        same_above = (dark ^ (dark >> one) ^ below) & below

        # Rule 1: a run of five scores 3, every further module 1: each window of five equal modules
        # counts one, and two more where a run starts.
        runs = same_left & (same_left >> 1)
        runs &= runs >> 2
        points = runs.bit_count() + 2 * (runs & ~(runs >> 1)).bit_count()
        runs = same_above & (same_above >> one)
        runs &= runs >> two
        points += runs.bit_count() + 2 * (runs & ~(runs >> one)).bit_count()

        # Rule 2: every 2 x 2 block of one colour scores 3.
        points += 3 * (same_left & (same_left >> one) & same_above).bit_count()

        # Rule 3: dark-light-dark-dark-dark-light-dark with four light modules on a side scores 40.
        arm = dark & (light >> 1) & (dark >> 2)
        finder = arm & (dark >> 3) & (arm >> 4)
        if finder:
            margin = light & (light >> 1)
            margin &= margin >> 2
            points += 40 * (
                (finder & (margin >> 7)).bit_count() + (margin & (finder >> 4)).bit_count()
            )
        arm = dark & (light >> one) & (dark >> two)
        finder = arm & (dark >> three) & (arm >> four)
        if finder:
            margin = light & (light >> one)
            margin &= margin >> two
            points += 40 * (
                (finder & (margin >> seven)).bit_count() + (margin & (finder >> four)).bit_count()
            )

        # Rule 4: 10 for every whole 5 % away from half dark. The floats are python-qrcode's, to the
        # last bit, because a rounding apart would choose another mask.
        share = float(dark.bit_count()) / total
        return points + int(abs(share * 100 - 50) / 5) * 10

    return penalty
