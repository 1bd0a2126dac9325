/** Who may ask for jobs, where their jobs run and how many at once. Plain data, read from YAML. */
@NullMarked
package io.firesteel.tenant;

import org.jspecify.annotations.NullMarked;
