"""A draw belongs to one seed, decision, year and identifier; and all draws together look like luck."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.randomness import LARGEST_SEED, PoissonTable, SeedError, Streams, check_seed, child_seed
from simulator.replications import REPLICATION_STEP, SideBySide

N = 200_000
MANY = np.arange(N)
IDS = st.lists(st.integers(0, 2**40), min_size=1, max_size=40)
SEEDS = st.integers(0, LARGEST_SEED)
YEARS = st.integers(-50, 3000)
MEANS = PoissonTable.of_means([0.02, 0.25, 1.0, 3.5])
MASK = 2**64 - 1


def draws(streams, stream, year, ids):
    """Draw once of every kind."""
    ids = np.array(ids, dtype=np.int64)
    where = {"year": year, "ids": ids}
    return [
        streams.bits(stream, **where),
        streams.uniform(stream, **where),
        streams.normal(stream, **where),
        streams.exponential(stream, **where),
        streams.is_lucky(stream, **where, probability=0.3),
        streams.poisson(stream, MEANS, **where, row=ids % 4),
        streams.tie_break(**where),
    ]


def slow_mix(value):
    """Finish a counter as SplitMix64 does, in whole numbers without end."""
    value &= MASK
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & MASK
    return value ^ value >> 31


def slow_bits(seed, stream, year, identifier):
    """Draw 64 bits for one identifier."""
    golden = 0x9E3779B97F4A7C15
    name = int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little")
    start = slow_mix(slow_mix(slow_mix(seed + golden) ^ name) + year * golden)
    return slow_mix(start + identifier * golden)


def correlation_of(one, other):
    return float(np.corrcoef(one, other)[0, 1])


# --- what a draw depends on ---------------------------------------------------------------------------------------------


@given(seed=SEEDS, year=YEARS, ids=IDS, stream=st.text(max_size=20))
def test_a_draw_is_the_same_in_any_company(seed, year, ids, stream):
    """Whoever is asked beside, before or twice, each identifier keeps its luck."""
    alone = {i: draws(Streams(seed), stream, year, [i]) for i in ids}
    together = draws(Streams(seed), stream, year, [*reversed(ids), *ids])
    for position, i in enumerate([*reversed(ids), *ids]):
        for kind, drawn in enumerate(together):
            assert drawn[position] == alone[i][kind][0]


@given(seed=SEEDS, year=YEARS, identifier=st.integers(-(2**40), 2**40), stream=st.text(max_size=20))
def test_bits_are_those_of_the_published_generator(seed, year, identifier, stream):
    drawn = Streams(seed).bits(stream, year=year, ids=np.array([identifier]))
    assert drawn.dtype == np.uint64
    assert int(drawn[0]) == slow_bits(seed, stream, year, identifier)


def slow_identifier(seed, stream, year, bits):
    """Find the identifier that draws these 64 bits: every round of the mixing can be taken back."""

    def unshift(value, shift):
        found = value
        for _ in range(64 // shift):
            found = value ^ found >> shift
        return found

    value = unshift(bits, 31) * pow(0x94D049BB133111EB, -1, 2**64) & MASK
    value = unshift(value, 27) * pow(0xBF58476D1CE4E5B9, -1, 2**64) & MASK
    golden = 0x9E3779B97F4A7C15
    first = slow_mix(slow_mix(seed + golden) ^ int.from_bytes(hashlib.blake2b(stream.encode(), digest_size=8).digest(), "little"))
    return (unshift(value, 30) - slow_mix(first + year * golden)) * pow(golden, -1, 2**64) & MASK


@pytest.mark.parametrize("threshold", [1, 2, 3, 2**20 + 1, 2**31 - 1, 2**31, 2**31 + 1, 2**31 + 2, 3 * 2**30 + 1, 2**32 - 2, 2**32 - 1])
def test_who_is_lucky_by_the_smallest_difference_is_lucky_by_the_whole_draw(threshold):
    streams, where = Streams(5), {"year": 3, "ids": None}
    bits = [(upper << 32) + lower for upper in range(max(threshold - 3, 0), min(threshold + 3, 2**32)) for lower in (0, 2**31, 2**32 - 1)]
    where["ids"] = np.array([slow_identifier(5, "a", 3, one) for one in bits], dtype=np.uint64)
    assert streams.bits("a", **where).tolist() == bits
    assert streams.is_lucky("a", **where, probability=threshold / 2**32).tolist() == [one >> 32 < threshold for one in bits]


def test_asking_for_more_shifts_nobody_elses_luck():
    streams = Streams(0)
    before = streams.normal("file.noise", year=1, ids=MANY[:50])
    streams.normal("file.noise", year=2, ids=MANY)
    streams.bits("another", year=1, ids=MANY)
    assert (streams.normal("file.noise", year=1, ids=MANY[:50]) == before).all()


def test_the_identifiers_asked_about_are_left_alone():
    ids = np.arange(5, dtype=np.uint64)
    Streams(1).bits("x", year=1, ids=ids)
    assert ids.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.int64, np.uint16, np.uint64])
def test_the_type_of_an_identifier_does_not_matter(dtype):
    expected = Streams(5).bits("x", year=1, ids=np.arange(100, dtype=np.int64))
    assert (Streams(5).bits("x", year=1, ids=np.arange(100, dtype=dtype)) == expected).all()


# --- seeds --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, LARGEST_SEED, np.int64(7), np.uint8(7)])
def test_whole_numbers_are_seeds_and_zero_is_one(seed):
    assert check_seed(seed) == seed
    assert type(Streams(seed).seed) is int


@pytest.mark.parametrize("seed", ["7", 7.0, True, np.True_, np.float64(7), -1, LARGEST_SEED + 1, None, math.nan])
def test_what_merely_looks_like_a_seed_is_refused(seed):
    for use in (check_seed, Streams, child_seed):
        with pytest.raises(SeedError, match="whole number from 0 to 9223372036854775807"):
            use(seed)


def test_seed_zero_draws_as_well_as_any():
    assert len(np.unique(Streams(0).bits("x", year=0, ids=MANY))) == N
    assert abs(float(Streams(0).normal("x", year=0, ids=MANY).mean())) < 4 / math.sqrt(N)


@given(seed=SEEDS, path=st.lists(st.integers(0, 10_000), max_size=3))
def test_a_child_seed_is_a_seed(seed, path):
    assert check_seed(child_seed(seed, *path)) == child_seed(seed, *path)


def test_child_seeds_use_the_whole_range():
    drawn = np.array([child_seed(3959, replication) for replication in range(2000)], dtype=np.float64) / LARGEST_SEED
    assert drawn.mean() == pytest.approx(0.5, abs=4 / math.sqrt(12 * 2000))
    assert drawn.max() > 0.99


def test_replications_of_one_experiment_have_different_seeds():
    assert len({child_seed(3959, replication) for replication in range(100_000)}) == 100_000
    assert len({child_seed(3959, a, b) for a in range(300) for b in range(300)}) == 90_000


def test_replications_of_different_experiments_have_different_seeds():
    assert len({child_seed(seed, replication) for seed in range(300) for replication in range(300)}) == 90_000


def test_the_order_of_a_path_counts():
    assert child_seed(7, 1, 2) != child_seed(7, 2, 1)
    assert child_seed(7, 1) != child_seed(7, 1, 0)


# --- what draws look like together --------------------------------------------------------------------------------------


def test_normals_have_mean_0_sd_1_and_the_tails_of_a_normal():
    drawn = Streams(11).normal("x", year=4, ids=MANY).astype(np.float64)
    assert drawn.mean() == pytest.approx(0, abs=4 / math.sqrt(N))
    assert drawn.std() == pytest.approx(1, abs=4 / math.sqrt(2 * N))
    assert (drawn**3).mean() == pytest.approx(0, abs=4 * math.sqrt(15 / N))
    assert (drawn**4).mean() == pytest.approx(3, abs=4 * math.sqrt(96 / N))
    assert np.abs(drawn).max() < 4.33
    for level, share in ((1, 0.158655), (2, 0.022750), (3, 0.001350)):
        assert (drawn > level).mean() == pytest.approx(share, abs=4 * math.sqrt(share / N))


def test_exponentials_have_mean_1_and_no_memory():
    drawn = Streams(11).exponential("x", year=4, ids=MANY).astype(np.float64)
    assert drawn.min() > 0
    assert drawn.mean() == pytest.approx(1, abs=4 / math.sqrt(N))
    assert drawn.std() == pytest.approx(1, abs=4 * math.sqrt(2 / N))
    assert (drawn > 2).mean() == pytest.approx(math.exp(-2), abs=4 * math.sqrt(math.exp(-2) / N))


@pytest.mark.parametrize("seed", [0, 1, 3959, LARGEST_SEED])
def test_uniforms_fill_every_cell_alike(seed):
    """Chi-squared with 255 degrees of freedom: mean 255, standard deviation √510."""
    drawn = Streams(seed).uniform("x", year=1, ids=MANY)
    assert drawn.dtype == np.float32
    assert drawn.min() >= 0
    assert drawn.max() < 1
    counts = np.bincount((drawn * 256).astype(int), minlength=256)
    chi_squared = ((counts - N / 256) ** 2 / (N / 256)).sum()
    assert abs(chi_squared - 255) < 5 * math.sqrt(510)


def test_every_bit_is_set_half_of_the_time():
    drawn = Streams(2).bits("x", year=1, ids=MANY)
    for bit in range(64):
        assert (drawn >> np.uint64(bit) & np.uint64(1)).mean() == pytest.approx(0.5, abs=4.5 * 0.5 / math.sqrt(N))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((3, "x", 1, 0), (3, "y", 1, 0)),
        ((3, "x", 1, 0), (3, "x", 2, 0)),
        ((3, "x", 1, 0), (3, "x", -1, 0)),
        ((3, "x", 1, 0), (4, "x", 1, 0)),
        ((0, "x", 0, 0), (1, "x", 0, 0)),
        ((3, "x", 1, 0), (3, "x", 1, 1)),
        ((3, "unit.1", 1, 0), (3, "unit.2", 1, 0)),
    ],
    ids=["streams", "years", "warm-up and after", "neighbouring seeds", "seed 0 and 1", "neighbouring members", "similar names"],
)
def test_luck_is_uncorrelated_between(one, other):
    first, second = (Streams(seed).normal(stream, year=year, ids=MANY + shift) for seed, stream, year, shift in (one, other))
    band = 4.5 / math.sqrt(N)
    assert abs(correlation_of(first, second)) < band
    assert abs(correlation_of(first**2, second**2)) < band
    assert (first == second).mean() < 0.001


def test_a_year_later_one_member_is_not_the_next_member_today():
    """A counter that merely added year and identifier would repeat its draws along a diagonal."""
    streams = Streams(8)
    today = {int(bits) for bits in streams.bits("x", year=1, ids=MANY[:5000])}
    assert not today & {int(bits) for bits in streams.bits("x", year=2, ids=MANY[:5000])}


@pytest.mark.parametrize("probability", [0.0, 0.01, 0.3, 0.99, 1.0])
def test_luck_comes_with_its_probability(probability):
    is_lucky = Streams(5).is_lucky("x", year=1, ids=MANY, probability=probability)
    band = 4.5 * math.sqrt(probability * (1 - probability) / N)
    assert is_lucky.mean() == pytest.approx(probability, abs=band)


def test_a_probability_outside_its_range_is_taken_as_its_end():
    assert not Streams(5).is_lucky("x", year=1, ids=MANY, probability=-0.5).any()
    assert Streams(5).is_lucky("x", year=1, ids=MANY, probability=1.5).all()


def test_who_is_lucky_at_a_low_probability_is_lucky_at_a_higher_one():
    less, more = (Streams(5).is_lucky("x", year=1, ids=MANY, probability=p) for p in (0.2, 0.3))
    assert not (less & ~more).any()


def test_poisson_counts_have_the_means_and_variances_of_their_rows():
    row = MANY % 4
    drawn = Streams(9).poisson("x", MEANS, year=1, ids=MANY, row=row)
    for position, mean in enumerate([0.02, 0.25, 1.0, 3.5]):
        counts = drawn[row == position].astype(np.float64)
        band = 5 * math.sqrt(mean / len(counts)) + 1 / 4096
        assert counts.mean() == pytest.approx(mean, abs=band)
        assert (counts == 0).mean() == pytest.approx(math.exp(-mean), abs=0.01)
        assert counts.var() == pytest.approx(mean, rel=0.08)


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.3, 1.0, 4.0, 20.0])
def test_a_poisson_table_is_exact_to_one_level(mean):
    counts = np.bincount(PoissonTable.of_means([mean]).counts, minlength=60)
    probability = math.exp(-mean)
    for k in range(60):
        assert counts[k] / 4096 == pytest.approx(probability, abs=1.01 / 4096)
        probability *= mean / (k + 1)


def test_a_more_productive_member_never_draws_fewer():
    table = PoissonTable.of_means([0.5, 0.6])
    less, more = (Streams(9).poisson("x", table, year=1, ids=MANY, row=np.full(N, row)) for row in (0, 1))
    assert (more >= less).all()


def test_ties_are_broken_alike_everywhere():
    tie = Streams(3).tie_break(year=1, ids=MANY)
    assert len(np.unique(tie)) == N
    counts = np.bincount((tie >> np.uint64(54)).astype(int), minlength=2**10)
    expected = N / 2**10
    assert abs(((counts - expected) ** 2 / expected).sum() - 1023) < 5 * math.sqrt(2046)


# --- the same on every Python, numpy and platform -------------------------------------------------------------------------


def test_the_first_draws_are_what_they_were_when_results_were_first_published():
    streams, ids = Streams(7), np.array([0, 1, 2, 10**12])
    assert streams.bits("gold", year=3, ids=ids).tolist() == [0x9425A87D47E716D1, 0x35EF81DBE2E346BC, 0x98E528EEAD57E290, 0xD2E7F5634017CD49]
    assert streams.bits("gold", year=-2, ids=ids[:2]).tolist() == [17963239783354842542, 4303455889363882669]
    golden = {
        "uniform": ["0x1.284b500000000p-1", "0x1.af7c080000000p-3", "0x1.31ca500000000p-1", "0x1.a5cfea0000000p-1"],
        "normal": ["0x1.96a7800000000p-3", "-0x1.9baba00000000p-1", "0x1.f84d000000000p-3", "0x1.dc38600000000p-1"],
        "exponential": ["0x1.ba93200000000p-1", "0x1.e489800000000p-3", "0x1.d1a2a00000000p-1", "0x1.bc84100000000p+0"],
    }
    for kind, expected in golden.items():
        assert [float(value).hex() for value in getattr(streams, kind)("gold", year=3, ids=ids)] == expected
    few = np.arange(12)
    assert np.flatnonzero(streams.is_lucky("gold", year=3, ids=few, probability=0.3)).tolist() == [1, 7]
    table = PoissonTable.of_means([0.25, 3.0])
    assert streams.poisson("gold", table, year=3, ids=few, row=few % 2).tolist() == [0, 2, 0, 3, 0, 5, 0, 0, 1, 4, 1, 6]
    assert (streams.tie_break(year=3, ids=few[:6]) >> np.uint64(54)).tolist() == [6, 460, 207, 547, 534, 419]
    children = [child_seed(0), child_seed(0, 0), child_seed(7, 1, 2), child_seed(LARGEST_SEED, 5)]
    assert children == [8147104208329303767, 6017775124710473527, 2143464239632468785, 5399687104218664031]


def test_a_hundred_thousand_draws_of_each_kind_are_what_they_were():
    """The tables of quantiles are part of the promise, not only the bits."""
    digest, many = hashlib.sha256(), np.arange(100_000)
    for kind, layout in (("bits", "<u8"), ("uniform", "<f4"), ("normal", "<f4"), ("exponential", "<f4")):
        digest.update(getattr(Streams(7), kind)("gold", year=3, ids=many).astype(layout).tobytes())
    assert digest.hexdigest() == "280dbe032cf70dc95a26501cdb969ac83d24b794b6d59be5391335154fdee15a"


@pytest.mark.parametrize("kind", ["normal", "exponential"])
def test_better_bits_never_give_a_lower_draw(kind):
    streams, ids = Streams(0), np.arange(500_000)
    order = np.argsort(streams.bits("x", year=0, ids=ids))
    drawn = getattr(streams, kind)("x", year=0, ids=ids)[order]
    assert (np.diff(drawn) >= 0).all()
    assert len(np.unique(drawn)) > 60_000


# --- replications side by side ------------------------------------------------------------------------------------------


@given(seeds=st.lists(SEEDS, min_size=2, max_size=5), year=YEARS, drawn=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2**50)), max_size=40))
def test_each_replication_draws_by_its_own_seed(seeds, year, drawn):
    by_replication = sorted(((replication % len(seeds), local) for replication, local in drawn), key=lambda pair: pair[0])
    wide = Streams(seeds[0], tuple(seeds[1:]))
    together = draws(wide, "x", year, [replication * REPLICATION_STEP + local for replication, local in by_replication])
    for position, (replication, local) in enumerate(by_replication):
        for kind, of_one in enumerate(draws(Streams(seeds[replication]), "x", year, [local])):
            assert together[kind][position] == of_one[0]


@pytest.mark.parametrize("n_each", [3, 7_000, 20_000])
def test_blocks_that_hold_several_replications_or_a_part_of_one_are_mixed_alike(n_each):
    together = Streams(1, (2, 3)).normal("x", year=4, ids=SideBySide((n_each,) * 3).ids).reshape(3, -1)
    for seed, drawn in zip((1, 2, 3), together, strict=True):
        assert (drawn == Streams(seed).normal("x", year=4, ids=np.arange(n_each))).all()
