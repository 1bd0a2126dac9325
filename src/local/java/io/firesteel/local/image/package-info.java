/** Builds the worker's image on a machine without Docker. */
@NullMarked
package io.firesteel.local.image;

import org.jspecify.annotations.NullMarked;
