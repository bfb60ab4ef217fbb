// What a client does while a master is lost: it writes on and on, whatever becomes of a single write.
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const portOf = (info) => /tcp_port:(\d+)/.exec(info)[1];

/** Says "writing" once the first master answers, and "followed" once twenty writes were answered while another led. */
export async function follow(write, info) {
    const end = Date.now() + 60_000;
    let first;
    let after = 0;
    let failed = 0;
    let last;
    while (after < 20 && Date.now() < end) {
        try {
            await write();
            const port = portOf(await info());
            if (first === undefined) {
                first = port;
                console.log('writing');
            }
            after += port === first ? 0 : 1;
        } catch (error) {
            failed++;
            last = error;
        }
        await sleep(5);
    }
    console.log(after < 20 ? `lost: ${last}` : `followed, ${failed} writes failed meanwhile`);
}
