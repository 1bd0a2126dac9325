@NullMarked
package io.firesteel.job;

import org.jspecify.annotations.NullMarked;
