"""How fast the portal is, as ratios within one run: see docs/performance.md.

    python bench/run.py --claims P1,P4 --reviews 50 --dates 50 --events 50 --many 0
    python bench/run.py                 1,000 reviews, 428,000 answers, a million dates

A PostgreSQL and a Valkey of its own are started and thrown away. Exits with 1 where a figure is
over its limit. ``script/prove --performance`` runs it with everything else that is claimed.
"""

import shutil
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "script"))

from launcher import account, environment, postgres, say, schema, state, valkey, venv  # noqa: E402
from launcher.processes import Company  # noqa: E402


def main(arguments: list[str]) -> int:
    venv.ensure("dev")
    place = state.thrown_away(account.for_servers())
    company = Company(remove=place.root)
    try:
        say.step("Starting PostgreSQL and Valkey for this run")
        url = postgres.start(company, place, keep=False)
        env = environment.for_portal(
            place.root,
            DATABASE_URL=url,
            REDIS_URL=valkey.start(company, place),
            DEMONSTRATION="1",
            STATIC_ROOT=str(place.root / "static"),
        )
        name = schema.make(company, place, env)
        url = postgres.create(place, name)
        env |= {
            "DATABASE_URL": url,
            "APP_DATABASE_URL": postgres.for_application(url),
            "PYTHONPATH": str(CHECKOUT),
            "BENCH_FOLDER": str(place.root),
        }
        company.run(
            [venv.PYTHON, "manage.py", "collectstatic", "--no-input", "-v", "0"],
            env=env,
            cwd=CHECKOUT,
        )
        command = [venv.PYTHON, "-m", "bench.measure", *arguments]
        return company.run(command, env=env, cwd=CHECKOUT)
    finally:
        company.close()
        shutil.rmtree(place.root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
