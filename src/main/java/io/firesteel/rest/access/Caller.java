package io.firesteel.rest.access;

/**
 * Who calls.
 *
 * @param name for the log, for request events and for rates
 */
public record Caller(String name, Grants grants) {

  /** Everybody, in an API that is open. */
  static final Caller ANYBODY = new Caller("anonymous", Grants.EVERYTHING);

  /** The name of the property of a request that holds its caller. */
  static final String PROPERTY = "firesteel.caller";
}
