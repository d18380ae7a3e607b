// A person at a client with the Rust crypto of matrix-js-sdk, told what to do by lines of JSON on standard input.
import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { OnlySignedDevicesIsolationMode, EventShieldColour, VerificationPhase } from "matrix-js-sdk/lib/crypto-api/index.js";

logger.setLevel("silent");
for (const name of ["log", "info", "warn", "error", "debug", "trace"]) console[name] = () => {};
const say = (value) => process.stdout.write(JSON.stringify(value) + "\n");
let client;

async function shieldOf(event) {
    const info = await client.getCrypto().getEncryptionInfoForEvent(event);
    return info ? EventShieldColour[info.shieldColour] : "NONE_KNOWN";
}

async function told(event) {
    if (event.getSender() === client.getUserId() || event.isState()) return;
    await client.decryptEventIfNeeded(event);
    if (!["m.room.message", "m.room.encrypted"].includes(event.getType())) return;
    say({ heard: event.getContent(), room: event.getRoomId(), event: event.getId(), encrypted: event.isEncrypted(),
          readable: !event.isDecryptionFailure(), shield: event.isEncrypted() ? await shieldOf(event) : null });
}

const acts = {
    async login({ url, user, password, signedOnly }) {
        const first = sdk.createClient({ baseUrl: url });
        const login = await first.loginRequest({ type: "m.login.password", password,
            identifier: { type: "m.id.user", user } });
        client = sdk.createClient({ baseUrl: url, userId: login.user_id, deviceId: login.device_id,
            accessToken: login.access_token });
        await client.initRustCrypto({ useIndexedDB: false });
        await client.getCrypto().bootstrapCrossSigning({ authUploadDeviceSigningKeys: (make) => make(null) });
        if (signedOnly) client.getCrypto().setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        client.on(sdk.RoomEvent.Timeline, (event, room, toStart) => { if (!toStart) told(event); });
        await client.startClient({ initialSyncLimit: 20 });
        await new Promise((done) => client.on(sdk.ClientEvent.Sync, (state) => state === "PREPARED" && done()));
        return {};
    },
    async room({ invite }) {
        const made = await client.createRoom({ is_direct: true, preset: "trusted_private_chat", invite: [invite],
            initial_state: [{ type: "m.room.encryption", state_key: "",
                content: { algorithm: "m.megolm.v1.aes-sha2" } }] });
        for (;;) {
            const member = client.getRoom(made.room_id)?.getMember(invite);
            if (member?.membership === "join") return { room: made.room_id };
            await new Promise((done) => setTimeout(done, 50));
        }
    },
    async send({ room, content, type }) {
        return await client.sendEvent(room, type ?? "m.room.message", content);
    },
    async verify({ user, room, device }) {
        const crypto = client.getCrypto();
        // The devices of somebody met a moment ago may not be there yet.
        while (device && !(await crypto.getUserDeviceInfo([user], true)).get(user)?.has(device))
            await new Promise((done) => setTimeout(done, 50));
        const request = room ? await crypto.requestVerificationDM(user, room)
            : await crypto.requestDeviceVerification(user, device);
        while (request.phase !== VerificationPhase.Cancelled) await new Promise((done) => setTimeout(done, 50));
        return { code: request.cancellationCode };
    },
    async redact({ room, event }) { return await client.redactEvent(room, event); },
    async stop() { client?.stopClient(); setTimeout(() => process.exit(0), 50); return {}; },
};

for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    acts[asked.do](asked).then((done) => say({ done: asked.do, ...done }),
        (error) => say({ failed: asked.do, error: String(error) }));
}
