/** The broker of the laptop platform: a real one, in this JVM. */
@NullMarked
package io.firesteel.local.kafka;

import org.jspecify.annotations.NullMarked;
