"""Where the shell commands enter; needs nothing but the standard library."""

import sys

sys.dont_write_bytecode = True

from launcher.main import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
