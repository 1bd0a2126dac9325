package io.firesteel.local.kubernetes.rules;

import io.firesteel.local.kubernetes.audit.UserInfo;

/**
 * The query parameters every write may have.
 *
 * @param dryRun do everything but write
 * @param fieldManager the name under which server-side apply remembers who owns a field
 * @param force whether an apply takes fields away from others
 */
public record WriteOptions(UserInfo caller, boolean dryRun, String fieldManager, boolean force) {

  public static WriteOptions by(String user) {
    return new WriteOptions(new UserInfo(user, user), false, user, false);
  }
}
