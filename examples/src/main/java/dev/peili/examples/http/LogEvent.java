package dev.peili.examples.http;

import java.util.Optional;

/** The part of one event of a DevTools protocol log that matters here. */
sealed interface LogEvent {
    /** {@code Page.frameAttached}: there is a frame within another. */
    record FrameAttached(String frame, String parent) implements LogEvent {}

    /**
     * {@code Page.frameNavigated}: a frame shows another document.
     *
     * @param parent the frame around it; older versions do not name that of a frame of another process
     * @param loader names the document
     * @param url where it is from
     * @param session where this was said
     */
    record FrameNavigated(
            String frame,
            Optional<String> parent,
            Optional<String> loader,
            Optional<String> url,
            Optional<String> session)
            implements LogEvent {}

    /**
     * {@code Target.attachedToTarget}, for a tab, or for a frame of another process.
     *
     * @param frame the frame, or that of the tab
     * @param tab whether it is a tab
     * @param parent the frame around it; older versions do not name it
     * @param ownSession where its events will be
     * @param session where this was said; the session of a frame above it
     */
    record TargetAttached(
            String frame, boolean tab, Optional<String> parent, Optional<String> ownSession, Optional<String> session)
            implements LogEvent {}

    /**
     * {@code Network.requestWillBeSent}: a request is made, or made again after a redirect.
     *
     * @param request its id
     * @param frame the frame that asked for it, or that it is the document of
     * @param loader names the document that it is for, or is
     * @param documentUrl where the document is from that it is for, or is
     * @param url what is asked for
     * @param type the kind of resource, as Chrome calls it
     * @param document whether it is the document of its frame
     * @param redirect the answer that led to it
     * @param session where this was said
     */
    record RequestSent(
            String request,
            Optional<String> frame,
            Optional<String> loader,
            Optional<String> documentUrl,
            String url,
            String type,
            boolean document,
            Optional<Message.Redirect> redirect,
            Optional<String> session)
            implements LogEvent {}

    /** What else the network has to say to a request. */
    record Answered(String request, Message message) implements LogEvent {}
}
