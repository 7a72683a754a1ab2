"""Pages of contact on a matter: plans, consent and wishes, rights, referrals, and keys to one's own view."""
