/** What the tests of several features use to hold messages to {@code schemas/}. */
@NullMarked
package io.firesteel.schema;

import org.jspecify.annotations.NullMarked;
