/**
 * Jobs for new objects in a bucket: reads the notifications of object stores, each in its own
 * format, and matches them with triggers. Pure.
 */
@NullMarked
package io.firesteel.trigger;

import org.jspecify.annotations.NullMarked;
