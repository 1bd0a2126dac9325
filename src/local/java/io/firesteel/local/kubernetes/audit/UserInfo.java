package io.firesteel.local.kubernetes.audit;

/** The user of a request and its user agent, for the audit log. */
public record UserInfo(String user, String userAgent) {}
