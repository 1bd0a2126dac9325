/** How measurements are laid into metrics. */
@NullMarked
package io.firesteel.metrics;

import org.jspecify.annotations.NullMarked;
