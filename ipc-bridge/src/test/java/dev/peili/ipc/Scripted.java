package dev.peili.ipc;

/** What tests and puppets tell each other, also between processes. */
interface Scripted {}
