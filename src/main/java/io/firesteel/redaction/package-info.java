/** Takes secrets out of text that others wrote: logs of drivers, messages of the cluster. */
@NullMarked
package io.firesteel.redaction;

import org.jspecify.annotations.NullMarked;
