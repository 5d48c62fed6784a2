#!/usr/bin/python3
"""Expected values of tests/unit/stats, by SciPy and NumPy (Debian: python3-scipy; needed only to make them again):

    /usr/bin/python3 tests/reference/analysis.py > tests/data/stats/analysis.txt

What SciPy lacks is computed from its definition, by looking at all cases: permutations, rates of false discovery, the
variance of Kendall's S among equal values.
"""
import itertools
import math
import random

import numpy
import scipy
from scipy import stats


def show(kind, name, **lines):
    print(f"case {kind} {name}")
    for key, value in lines.items():
        values = value if isinstance(value, (list, tuple, numpy.ndarray)) else [value]
        print(key, " ".join("none" if v is None else repr(float(v)) for v in values))


def numbers(seed, n, low=40, high=120, step=0.25):
    source = random.Random(seed)
    return [low + step * source.randrange(int((high - low) / step)) for _ in range(n)]


# ---- one group -------------------------------------------------------------------------------------------------------

def describe(name, values):
    many = len(values) > 2 and len(set(values)) > 1
    show("describe", name, x=values, quantiles=[numpy.percentile(values, p) for p in (10, 25, 50, 75, 90)],
         mean=numpy.mean(values), deviation=numpy.std(values, ddof=1) if len(values) > 1 else None,
         skewness=stats.skew(values, bias=False) if many else None)


# ---- two groups ------------------------------------------------------------------------------------------------------

def apart(a, b, axis=-1):
    return numpy.abs(numpy.mean(a, axis=axis) - numpy.mean(b, axis=axis))


def hedges(a, b):
    freedom = len(a) + len(b) - 2
    pooled = math.sqrt((numpy.var(a) * len(a) + numpy.var(b) * len(b)) / freedom) if freedom > 0 else 0
    return (numpy.mean(a) - numpy.mean(b)) / pooled * (1 - 3 / (4 * freedom - 1)) if pooled else None


def compare(name, a, b, resamples=math.inf):
    random_state = None if resamples == math.inf else 1
    test = stats.permutation_test((a, b), apart, permutation_type="independent", alternative="greater", vectorized=True,
                                  n_resamples=resamples, random_state=random_state)
    ways = math.comb(len(a) + len(b), len(a))
    show("compare", name, a=a, b=b, g=hedges(a, b), p=test.pvalue, ways=ways if resamples == math.inf else None)


# ---- pairs -----------------------------------------------------------------------------------------------------------

def correlate(name, x, y):
    n = len(x)
    rho = stats.spearmanr(x, y)
    p = rho.pvalue
    if n <= 9:
        ranks, others = stats.rankdata(x) - (n + 1) / 2, stats.rankdata(y) - (n + 1) / 2
        observed = abs(ranks @ others)
        orders = numpy.array(list(itertools.permutations(others)))
        p = numpy.mean(numpy.abs(orders @ ranks) >= observed - 1e-9)
    low = high = None
    if n > 3 and abs(rho.statistic) < 1 - 1e-12:
        error = stats.norm.ppf(0.975) * math.sqrt((1 + rho.statistic ** 2 / 2) / (n - 3))
        low, high = (math.tanh(math.atanh(rho.statistic) + side * error) for side in (-1, 1))
    show("correlate", name, x=x, y=y, rho=rho.statistic, low=low, high=high, p=p)


# ---- series ----------------------------------------------------------------------------------------------------------

def rises(values):
    return sum((a < b) - (a > b) for a, b in itertools.combinations(values, 2))


def variance(values):
    if len(values) <= 8:  # of S over all orders
        return numpy.var([rises(order) for order in itertools.permutations(values)])
    runs = [values.count(v) for v in set(values)]
    return (len(values) * (len(values) - 1) * (2 * len(values) + 5) - sum(t * (t - 1) * (2 * t + 5) for t in runs)) / 18


def normal_p(s, var):
    return 1 if s == 0 or var == 0 else 2 * stats.norm.sf((abs(s) - 1) / math.sqrt(var))


def trend(name, times, values, seasons=None):
    slope = stats.theilslopes(values, times)
    s, var = rises(values), variance(values)
    p = normal_p(s, var)
    if len(values) <= 7:
        orders = [abs(rises(order)) for order in itertools.permutations(values)]
        p = numpy.mean([o >= abs(s) for o in orders])
    seasonal = None
    if seasons:
        groups = [[v for t, v in zip(times, values) if t % seasons == season] for season in range(seasons)]
        seasonal_s, seasonal_var = sum(map(rises, groups)), sum(map(variance, groups))
        seasonal = [seasons, seasonal_s, seasonal_var, normal_p(seasonal_s, seasonal_var)]
    show("trend", name, t=times, y=values, slope=[slope.slope, slope.low_slope, slope.high_slope], kendall=[s, var, p],
         seasonal=seasonal)


def false_discovery(name, p):
    def q(own):
        return min(1, min(t * len(p) / sum(other <= t for other in p) for t in p if t >= own))
    show("discovery", name, p=p, q=[q(own) for own in p])


def main():
    print(f"# Made by tests/reference/analysis.py with SciPy {scipy.__version__}, NumPy {numpy.__version__}; its head says how.")
    for n in (1, 2, 5, 8, 101):
        describe(f"n{n}", numbers(n, n))
    describe("distribution", [70, 70, 80, 80, 90, 60, 70, 70, 80, 60, 60, 95, 85, 90])  # of tests/cli/report
    describe("equal", [70.0] * 6)
    describe("lopsided", [60.0] * 5 + [61.5, 80.25, 119.75])

    compare("small", numbers(1, 5), numbers(2, 7))
    compare("ties", [70, 70, 80, 80, 90], [60, 70, 70, 80, 60, 60])
    compare("two", [70, 80], [90, 65])
    compare("equal", [70.0] * 5, [70.0] * 6)
    compare("apart", [90.0] * 5, [70.0] * 6)
    compare("larger", numbers(3, 11), numbers(4, 4))
    east, west, south = [70, 70, 80, 80, 90], [60, 70, 70, 80, 60, 60], [95, 85, 90]  # of tests/cli/report/compare.test
    compare("east", east, west + south)
    compare("west", west, east + south)
    compare("south", south, east + west)
    compare("drawn", numbers(5, 30), numbers(6, 60), 199_999)
    compare("drawn-apart", [v + 16 for v in numbers(7, 40)], numbers(8, 50), 199_999)

    correlate("three", [1, 2, 3], [3, 1, 2])
    correlate("small", numbers(9, 7), numbers(10, 7))
    correlate("small-ties", [1, 1, 2, 2, 3, 3, 4, 5], [2, 1, 1, 3, 3, 3, 5, 4])
    correlate("perfect", [1, 2, 3, 4, 5], [10, 20, 30, 40, 50])
    correlate("against", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    points = [70, 70, 80, 80, 90, 60, 70, 70, 80, 60, 60, 95, 85, 90]  # of tests/cli/report/correlation.test
    calls = [30, 35, 40, 42, 61, 33, 31, 38, 39, 20, 25, 70, 44, 50]
    sales = [5, 8, 7, 7, 6, 9, 4, 6, 5]  # of the first nine
    correlate("points-calls", points, calls)
    correlate("points-sales", points[:9], sales)
    correlate("calls-sales", calls[:9], sales)
    base = numbers(11, 60)
    correlate("many", base, [v / 2 + w for v, w in zip(base, numbers(12, 60))])
    correlate("many-ties", numbers(13, 45, 1, 6, 1), numbers(14, 45, 1, 6, 1))
    for freedom in (1, 2, 3, 4, 9, 10, 55, 1000, 99_999):
        show("student", f"df{freedom}", t=[0, 0.5, 1.96, 4.5],
             p=[2 * stats.t.sf(t, freedom) for t in (0, 0.5, 1.96, 4.5)], df=freedom)

    trend("two", [1, 2], [10, 12.5])
    trend("equal", [1, 2, 3, 4], [70, 70, 70, 70])
    trend("ties", [1, 2, 3, 4, 5, 6, 7], [10, 10, 12, 11, 12, 12, 14])
    trend("north", [1, 2, 3, 4, 5, 6, 7], [5, 6, 6, 8, 7, 9.5, 9])  # of tests/cli/report/trend.test, as ties and quarters
    trend("gaps", [1, 2, 5, 6, 9, 10, 14, 15, 16, 20], [5, 6, 6, 8, 7, 9.5, 9, 11, 10, 12])
    trend("flat", list(range(24)), numbers(15, 24))
    months = list(range(48))
    trend("seasonal", months, [0.3 * t + 15 * (t % 12 in (10, 11)) + v for t, v in zip(months, numbers(16, 48, 0, 20))], 12)
    quarters = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]
    trend("quarters", quarters, [round(20 - t / 2 + 6 * (t % 4 == 3)) for t in quarters], 4)

    false_discovery("regions", [1274 / 2002, 43 / 3003, 4 / 364])
    false_discovery("few", [0.01, 0.04, 0.03])
    false_discovery("ties", [0.2, 0.001, 0.2, 0.9, 0.012, 0.012, 0.5])
    false_discovery("one", [0.3])


if __name__ == "__main__":
    main()
