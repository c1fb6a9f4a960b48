package dev.peili.examples.http;

import dev.peili.ipc.Constructor;
import dev.peili.ipc.Protocol;
import dev.peili.ipc.ProtocolMessage;
import dev.peili.ipc.ToChild;
import java.util.Optional;

/** A tab, from both sides. */
sealed interface Browser extends ProtocolMessage {
    Protocol<Browser> PROTOCOL = Protocol.named("PBrowser", Browser.class, HttpChannel.PROTOCOL);

    /** There is a new tab. */
    record Open() implements Browser, Constructor, ToChild {}

    /**
     * A frame shows a document.
     *
     * @param site decides its DocGroup
     */
    record Show(String site) implements Browser, ToChild {}

    /**
     * Something is requested.
     *
     * @param channel its number in the script
     * @param site of the document that loads it; empty for the document of the tab itself
     */
    record Load(int channel, String url, Optional<String> site) implements Browser, ToChild {}
}
