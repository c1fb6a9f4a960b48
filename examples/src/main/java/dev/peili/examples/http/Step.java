package dev.peili.examples.http;

import java.util.Optional;

/** What happens next in a browser that does what a log says. */
sealed interface Step {
    /**
     * A frame shows another document than before.
     *
     * @param frame the frame; the tab's own, if it has no parent
     * @param parent the frame around it
     * @param url where the document is from
     * @param documents the tab and the site that decide its DocGroup
     */
    record Show(String frame, Optional<String> parent, String url, Target.OfDocuments documents) implements Step {}

    /**
     * A request is made.
     *
     * @param channel its number in {@link Script#channels}
     */
    record Open(int channel) implements Step {}

    /**
     * A channel is sent a message. It is open, and this comes in the order of the log.
     *
     * @param channel its number in {@link Script#channels}
     */
    record Send(int channel, Message message) implements Step {}
}
