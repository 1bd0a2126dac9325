/** Watches on the store: each reads the watch cache at its receiver's pace. Knows no HTTP. */
@NullMarked
package io.firesteel.local.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
