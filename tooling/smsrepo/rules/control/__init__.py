"""Rules about document control: revisions, approvals, withdrawal, the policy by which all are judged."""
