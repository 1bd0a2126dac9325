/** The packaged worker on the laptop platform, checked from outside. */
@NullMarked
package io.firesteel.e2e;

import org.jspecify.annotations.NullMarked;
