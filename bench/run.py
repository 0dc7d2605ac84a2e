"""How fast self-assessments are, as ratios within one run: see docs/performance.md.

    python bench/run.py --reviews 50              a minute or two, while developing
    python bench/run.py --write                   1,000 reviews, 428,000 answers

A PostgreSQL and a Valkey of its own are started and thrown away. Exits with 1 where a figure is
over its limit.
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
            place.root, DATABASE_URL=url, REDIS_URL=valkey.start(company, place), DEMONSTRATION="1"
        )
        name = schema.make(company, place, env)
        env |= {"DATABASE_URL": postgres.create(place, name), "PYTHONPATH": str(CHECKOUT)}
        command = [venv.PYTHON, "-m", "bench.measure", *arguments]
        return company.run(command, env=env, cwd=CHECKOUT)
    finally:
        company.close()
        shutil.rmtree(place.root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
