//! Which role each package of the lock file plays, and why.
