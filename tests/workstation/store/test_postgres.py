"""The PostgreSQL engine without a server: how statements are spelled, and what errors mean."""

from __future__ import annotations

import psycopg
import pytest

from workstation.store.postgres import PostgresEngine, compiled, translated
from workstation.store.protocols import Duplicate, StoreFailed


@pytest.mark.parametrize(
    ("ours", "psycopgs"),
    [
        ("SELECT :a, :b_2", "SELECT %(a)s, %(b_2)s"),
        ("SELECT CAST(:a AS BIGINT), b::text", "SELECT CAST(%(a)s AS BIGINT), b::text"),
        ("SELECT :a::text", "SELECT %(a)s::text"),
        ("SELECT ':a', \":b\", 'it''s :c'", "SELECT ':a', \":b\", 'it''s :c'"),
        ("SELECT 10 % 3, 'a%'", "SELECT 10 %% 3, 'a%%'"),
        ("SELECT 1 -- 5 % of :a\n, :b", "SELECT 1 -- 5 %% of :a\n, %(b)s"),
        ("SELECT /* :a\n% */ :b", "SELECT /* :a\n%% */ %(b)s"),
    ],
)
def test_compiled(ours: str, psycopgs: str) -> None:
    """Values get psycopg's spelling, its own sign is doubled, and quotes, remarks and casts stay."""
    assert compiled(ours) == psycopgs.encode()


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("25006", "read_only"),
        ("25P03", "unreachable"),
        ("40001", "busy"),
        ("40P01", "busy"),
        ("42501", "failed"),
        ("42P01", "failed"),
        ("53100", "disk_full"),
        ("53300", "unreachable"),
        ("55P03", "busy"),
        ("57014", "busy"),
        ("57P01", "unreachable"),
        ("57P03", "unreachable"),
        ("08006", "unreachable"),
        ("XX001", "damaged"),
    ],
)
def test_reasons(state: str, reason: str) -> None:
    """Each state the server tells of has its reason in the port's words."""
    error = translated(psycopg.errors.lookup(state)("told"))

    assert isinstance(error, StoreFailed)
    assert error.reason == reason


def test_broken_connection() -> None:
    """An error without a state is the client library's: the connection is gone."""
    error = translated(psycopg.OperationalError("the connection is lost"))

    assert isinstance(error, StoreFailed)
    assert error.reason == "unreachable"


def test_duplicate() -> None:
    """A unique violation is a Duplicate."""
    assert isinstance(translated(psycopg.errors.UniqueViolation("told")), Duplicate)


@pytest.mark.parametrize(
    "dsn", ["host=/nowhere user=u password=geheim dbname=d", "postgresql://u:geheim@/d?host=/no"]
)
def test_no_server(dsn: str) -> None:
    """Where no server answers the store is unreachable, and the password stands in no error."""
    engine = PostgresEngine(dsn)
    with pytest.raises(StoreFailed) as failed, engine.write():
        pass
    engine.close()

    assert failed.value.reason == "unreachable"
    assert "geheim" not in str(failed.value)


@pytest.mark.parametrize("dsn", ["no equals sign", "nonsense=1", "postgresql://[::1"])
def test_no_dsn(dsn: str) -> None:
    """What is no DSN leads to no server."""
    with pytest.raises(StoreFailed) as failed:
        PostgresEngine(dsn).rows("SELECT 1", {})

    assert failed.value.reason == "unreachable"
