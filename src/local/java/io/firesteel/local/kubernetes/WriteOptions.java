package io.firesteel.local.kubernetes;

/**
 * The query parameters every write may have.
 *
 * @param dryRun do everything but write
 * @param fieldManager the name under which server-side apply remembers who owns a field
 * @param force whether an apply takes fields away from others
 */
record WriteOptions(Caller caller, boolean dryRun, String fieldManager, boolean force) {

  static WriteOptions by(String user) {
    return new WriteOptions(new Caller(user, user), false, user, false);
  }
}
