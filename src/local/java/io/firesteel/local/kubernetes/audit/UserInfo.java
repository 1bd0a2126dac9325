package io.firesteel.local.kubernetes.audit;

/** Who asks: a user name and the program's own word about itself. Goes into the audit log. */
public record UserInfo(String user, String userAgent) {}
