package io.firesteel.rest.access;

import jakarta.enterprise.context.RequestScoped;

/** The caller of the current request, once access was granted. */
@RequestScoped
public class CurrentCaller {

  private Caller caller = new Caller("nobody", Grants.NONE);

  void set(Caller granted) {
    caller = granted;
  }

  /** The caller. */
  public Caller get() {
    return caller;
  }
}
