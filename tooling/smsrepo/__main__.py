"""`python -m smsrepo` is `sms`."""

from smsrepo.cli.main import main

main()
