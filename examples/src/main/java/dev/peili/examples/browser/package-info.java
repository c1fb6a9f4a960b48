/**
 * The main example: recorded browser sessions replayed on several dispatchers.
 *
 * <p>{@link dev.peili.examples.browser.TraceReader} makes a {@link dev.peili.examples.browser.Recording} of a Chrome trace.
 * The events come from {@code TraceParser}; {@code TraceCollector} sorts them by thread, {@code ThreadEvents} makes tasks of
 * those of a main thread, and {@code FrameTree} knows the tab and the URL of a frame at a given time.
 */
@NullMarked
package dev.peili.examples.browser;

import org.jspecify.annotations.NullMarked;
