package io.firesteel.local.kubernetes;

/** Who asks: a user name and the program's own word about itself. Goes into the audit log. */
record Caller(String user, String userAgent) {}
