import sys

from django.db import connection


def test_the_driver_is_psycopg2_and_the_database_postgresql_18(db):
    import psycopg2

    assert connection.Database is psycopg2
    assert "psycopg" not in sys.modules
    assert connection.pg_version // 10000 == 18
