@NullMarked
package io.firesteel.event;

import org.jspecify.annotations.NullMarked;
