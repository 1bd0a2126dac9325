/** The packaged worker on the laptop platform, judged from outside. */
@NullMarked
package io.firesteel.e2e;

import org.jspecify.annotations.NullMarked;
