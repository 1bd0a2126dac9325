/**
 * Reads untrusted JSON and YAML strictly, with errors that say where the document is wrong and how
 * to mend it.
 */
@NullMarked
package io.firesteel.json;

import org.jspecify.annotations.NullMarked;
