@NullMarked
package io.firesteel.docs;

import org.jspecify.annotations.NullMarked;
