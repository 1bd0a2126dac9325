/** Input for the example jobs, and a check of their output that does not rely on Spark. */
@NullMarked
package io.firesteel.local.data;

import org.jspecify.annotations.NullMarked;
