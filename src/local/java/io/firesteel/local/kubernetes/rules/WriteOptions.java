package io.firesteel.local.kubernetes.rules;

import io.firesteel.local.kubernetes.audit.UserInfo;

/**
 * The options of a write.
 *
 * @param dryRun validate, but do not write
 * @param fieldManager the owner of the fields in server-side apply
 * @param force take fields from other owners in an apply
 */
public record WriteOptions(UserInfo caller, boolean dryRun, String fieldManager, boolean force) {

  public static WriteOptions by(String user) {
    return new WriteOptions(new UserInfo(user, user), false, user, false);
  }
}
