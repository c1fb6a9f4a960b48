package dev.peili.examples.http;

import dev.peili.ipc.Constructor;
import dev.peili.ipc.Protocol;
import dev.peili.ipc.ProtocolMessage;
import dev.peili.ipc.ToChild;
import dev.peili.ipc.ToParent;

/** A request, made in the content process; the parent, which has the network, answers it. */
sealed interface HttpChannel extends ProtocolMessage {
    Protocol<HttpChannel> PROTOCOL = Protocol.named("PHttpChannel", HttpChannel.class);

    /**
     * The request is made.
     *
     * @param channel its number in the script
     */
    record AsyncOpen(int channel, String url) implements HttpChannel, Constructor, ToParent {}

    /** What the network has to say; each has its number within the channel, from 0 on, and when it was sent. */
    sealed interface FromNetwork extends HttpChannel, ToChild {
        int number();

        /** See {@link Clock}. */
        long sentAt();
    }

    /** See {@link Message.Redirect}. */
    record Redirect(int number, long sentAt, int status, String url) implements FromNetwork {}

    /** See {@link Message.Response}. */
    record StartRequest(int number, long sentAt, int status, String mimeType) implements FromNetwork {}

    /**
     * See {@link Message.Data}.
     *
     * @param length as the log says
     * @param bytes so many of them as are really sent
     */
    record Data(
            int number,
            long sentAt,
            long length,
            @SuppressWarnings("ArrayRecordComponent") byte[] bytes) implements FromNetwork {}

    /** See {@link Message.Finish} and {@link Message.Fail}. */
    record StopRequest(int number, long sentAt, boolean finished, String error) implements FromNetwork {}

    /** The log ends, and the channel had no end of its own. */
    record EndOfLog() implements HttpChannel, ToChild {}

    /** All messages have been handled. */
    record Done(Handled handled) implements HttpChannel, ToParent {}
}
