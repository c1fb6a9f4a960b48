package dev.peili.examples.http;

import dev.peili.ipc.Protocol;
import dev.peili.ipc.ProtocolMessage;
import dev.peili.ipc.ToChild;

/** Between the browser, which is the parent, and a process that shows content. */
sealed interface Content extends ProtocolMessage {
    Protocol<Content> PROTOCOL = Protocol.named("PContent", Content.class, Browser.PROTOCOL, HttpChannel.PROTOCOL);

    /**
     * Something is requested that belongs to no tab.
     *
     * @param channel its number in the script
     */
    record Load(int channel, String url) implements Content, ToChild {}
}
