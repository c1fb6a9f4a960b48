package dev.peili.ipc;

/** Two processes, over loopback. */
final class TwoProcessesTest extends ChannelContract {
    TwoProcessesTest() {
        super(Stage.Distance.TWO_PROCESSES);
    }
}
