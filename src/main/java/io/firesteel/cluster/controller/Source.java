package io.firesteel.cluster.controller;

/** Feeds a controller on a thread of its own, from the controller's start until it is closed. */
public interface Source extends Runnable, AutoCloseable {
  @Override
  void close();
}
