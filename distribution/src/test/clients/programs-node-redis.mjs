// Five small programs with node-redis over RESP3. Argument: port. Prints a line for each that did what it must.
import assert from 'node:assert/strict';
import { createClient, createClientPool, BasicClientSideCache } from 'redis';

const url = `redis://127.0.0.1:${process.argv[2]}`;
const open = async (options = {}) => createClient({ url, RESP: 3, ...options }).on('error', (e) => { throw e; }).connect();
const main = await open();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function jobQueue() {
    const pool = await createClientPool({ url, RESP: 3 }, { minimum: 3, maximum: 3 }).connect();
    const done = [];
    const worker = () => pool.execute(async (client) => {
        for (;;) {
            const job = await client.blPop('node:jobs', 5);
            if (job === null || job.element === 'stop') {
                return;
            }
            done.push(job.element);
            await client.multi().incr('node:done').lPush('node:log', job.element).exec();
        }
    });
    const running = [worker(), worker(), worker()];
    await Promise.all(Array.from({ length: 300 }, (_, i) => main.rPush('node:jobs', `job-${i}`)));
    await main.rPush('node:jobs', ['stop', 'stop', 'stop']);
    await Promise.all(running);
    assert.equal(new Set(done).size, 300);
    assert.equal(await main.lLen('node:log'), 300);
    pool.destroy();
}

async function rateLimiter() {
    const script = `local used = redis.call('INCR', KEYS[1])
        if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return used <= tonumber(ARGV[1]) and 1 or 0`;
    const sha = await main.scriptLoad(script);
    const take = () => main.evalSha(sha, { keys: ['node:limit'], arguments: ['10', '1000'] });
    const answers = await Promise.all(Array.from({ length: 15 }, take));
    assert.equal(answers.reduce((sum, each) => sum + each, 0), 10);
    await sleep(1100);
    assert.equal(await take(), 1);
}

async function cacheWithTracking() {
    const cache = new BasicClientSideCache({ ttl: 0, maxEntries: 100, evictPolicy: 'LRU' });
    const reader = await open({ clientSideCache: cache });
    await main.set('node:cached', 'one');
    assert.equal(await reader.get('node:cached'), 'one');
    assert.equal(await reader.get('node:cached'), 'one');
    assert.equal(cache.stats().hitCount, 1);
    await main.set('node:cached', 'two');
    await sleep(50);
    assert.equal(await reader.get('node:cached'), 'two');
    await reader.close();
}

async function leaderboard() {
    for (let i = 0; i < 100; i++) {
        await main.zIncrBy('node:board', (i * 37) % 101, `player-${i % 20}`);
    }
    const top = await main.zRangeWithScores('node:board', 0, 2, { REV: true });
    assert.equal(top.length, 3);
    assert.ok(top[0].score >= top[1].score && typeof top[0].score === 'number');
    assert.equal(await main.zRevRank('node:board', top[0].value), 0);
}

async function streamWithCrash() {
    await main.xGroupCreate('node:stream', 'group', '$', { MKSTREAM: true });
    for (let i = 0; i < 20; i++) {
        await main.xAdd('node:stream', '*', { n: String(i) });
    }
    const dying = await open();
    const taken = await dying.xReadGroup('group', 'dying', { key: 'node:stream', id: '>' }, { COUNT: 5 });
    assert.equal(Object.values(taken)[0].messages?.length ?? Object.values(taken)[0].length, 5);
    dying.destroy();
    const claimed = await main.xAutoClaim('node:stream', 'group', 'heir', 0, '0-0');
    assert.equal(claimed.messages.length, 5);
    const rest = await main.xReadGroup('group', 'heir', { key: 'node:stream', id: '>' }, { COUNT: 100 });
    assert.equal(Object.values(rest)[0].messages?.length ?? Object.values(rest)[0].length, 15);
    const pending = await main.xPending('node:stream', 'group');
    assert.equal(pending.pending, 20);
}

/** Messages of pub/sub beside other requests on a connection of RESP3. */
async function messages() {
    const heard = [];
    const ears = await open();
    await ears.subscribe('node:news', (text) => heard.push(text));
    await ears.pSubscribe('node:n*', (text) => heard.push(`pattern ${text}`));
    await main.publish('node:news', 'hello');
    assert.equal(await ears.ping(), 'PONG');
    for (let i = 0; i < 100 && heard.length < 2; i++) {
        await sleep(10);
    }
    assert.deepEqual(heard.sort(), ['hello', 'pattern hello']);
    await ears.close();
}

for (const program of [jobQueue, rateLimiter, cacheWithTracking, leaderboard, streamWithCrash, messages]) {
    await program();
    console.log(`node-redis ${program.name}: fine`);
}
await main.close();
