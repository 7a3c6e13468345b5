// discord.js, which knows Discord and nothing of convene, finds in the sandbox what it finds in Discord.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  DiscordAPIError,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  MessageFlags,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';
import { next, Sandbox } from './sandbox.mjs';

const hour = 3_600_000;
const person = '555000000000000001';
let sandbox;
let client;
let guild;
let general;

before(async () => {
  sandbox = await Sandbox.begin();
  await sandbox.ask('POST', '/settings', { guild_members_intent: true });
  await sandbox.ask('POST', '/members', { id: person, username: 'ada', administrator: false });
  client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildScheduledEvents,
    ],
    rest: { api: sandbox.api_base.replace(/\/v10$/, '') },
  });
  client.on(Events.Error, (error) => assert.fail(error));
  const ready = next(client, Events.ClientReady);
  await client.login(sandbox.token);
  await ready;
  guild = client.guilds.cache.get(sandbox.guild_id);
  general = guild.channels.cache.find((channel) => channel.name === 'general');
});

after(async () => {
  await client?.destroy();
  await sandbox?.end();
});

test('it logs in and knows the server from READY and GUILD_CREATE', () => {
  assert.equal(client.user.id, sandbox.bot_user_id);
  assert.equal(client.application.id, sandbox.application_id);
  assert.equal(guild.name, 'Rehearsal');
  assert.equal(guild.ownerId, sandbox.admin_user_id);
  assert.ok(guild.available);
  assert.ok(guild.members.me.permissions.has(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.CreateEvents));
  assert.ok(!guild.members.me.permissions.has(PermissionFlagsBits.Administrator));
  assert.equal(general.type, ChannelType.GuildText);
});

test('the endpoints that it reads agree with what the gateway told', async () => {
  assert.equal((await client.application.fetch()).id, sandbox.application_id);
  assert.match(client.application.verifyKey ?? (await client.rest.get('/applications/@me')).verify_key, /^[0-9a-f]{64}$/);
  assert.equal((await guild.fetch()).name, guild.name);
  assert.equal((await guild.members.fetch(person)).user.username, 'ada');
  assert.deepEqual([...(await guild.members.fetch()).keys()].sort(), [...guild.members.cache.keys()].sort());
  assert.equal((await guild.roles.fetch()).size, 2);
  await assert.rejects(guild.members.fetch('1'), (error) => error instanceof DiscordAPIError && error.code === 10007);
});

test('people who join and leave are told of', async () => {
  const joined = next(client, Events.GuildMemberAdd);
  await sandbox.ask('POST', '/members', { id: '555000000000000002', username: 'late', administrator: false });
  assert.equal((await joined).user.username, 'late');
  const left = next(client, Events.GuildMemberRemove);
  await sandbox.ask('DELETE', '/members/555000000000000002');
  assert.equal((await left).id, '555000000000000002');
});

test('it builds the home of a group: category, channels, event, welcome message', async () => {
  const told = next(client, Events.ChannelCreate, (channel) => channel.name === 'group-1');
  const hide = { id: guild.id, type: OverwriteType.Role, deny: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect] };
  const category = await guild.channels.create({
    name: 'AI Safety - Jan 2025',
    type: ChannelType.GuildCategory,
    permissionOverwrites: [hide, { id: client.user.id, allow: [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ManageChannels] }],
  });
  const text = await guild.channels.create({
    name: 'Group 1',
    parent: category.id,
    topic: 'Where group 1 talks',
    permissionOverwrites: [
      hide,
      { id: client.user.id, allow: 85008n },
      { id: person, type: OverwriteType.Member, allow: 68608n },
    ],
  });
  assert.equal(text.name, 'group-1', 'text channels have names in lower case with hyphens');
  assert.equal((await told).id, text.id);
  const voice = await guild.channels.create({
    name: 'Group 1 Voice',
    type: ChannelType.GuildVoice,
    parent: category.id,
    permissionOverwrites: [hide, { id: client.user.id, allow: 17592187094032n }, { id: person, type: OverwriteType.Member, allow: 3146752n }],
  });
  assert.equal(voice.name, 'Group 1 Voice');
  assert.equal(voice.permissionOverwrites.cache.get(person).allow.bitfield, 3146752n);

  const announced = next(client, Events.GuildScheduledEventCreate);
  const event = await guild.scheduledEvents.create({
    name: 'Group 1 - Week 1',
    description: 'First meeting',
    scheduledStartTime: Date.now() + 24 * hour,
    scheduledEndTime: Date.now() + 25 * hour,
    privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
    entityType: GuildScheduledEventEntityType.Voice,
    channel: voice.id,
  });
  assert.equal(event.status, GuildScheduledEventStatus.Scheduled);
  assert.equal((await announced).id, event.id);
  assert.equal((await guild.scheduledEvents.fetch()).size, 1);

  const heard = next(client, Events.MessageCreate, (message) => message.channelId === text.id);
  const welcome = await text.send({
    content: `Welcome <@${person}>`,
    embeds: [new EmbedBuilder().setTitle('Group 1').setDescription('Wednesdays').addFields({ name: 'When', value: '<t:1735689600:F>' })],
    allowedMentions: { parse: [], users: [person] },
    nonce: 'welcome-1',
    enforceNonce: true,
  });
  assert.equal((await heard).id, welcome.id);
  assert.ok(welcome.mentions.users.has(person));
  const again = await text.send({ content: 'Welcome, twice', nonce: 'welcome-1', enforceNonce: true });
  assert.equal(again.id, welcome.id, 'an enforced nonce makes no second message');
  const edited = await welcome.edit('Welcome all');
  assert.equal(edited.content, 'Welcome all');
  assert.ok(edited.editedTimestamp !== null);
  assert.equal((await text.messages.fetch({ after: '0' })).size, 1);

  const seen = await sandbox.ask('GET', `/visible?user_id=${person}`);
  assert.deepEqual(
    seen.channels.map((channel) => channel.name).sort(),
    ['AI Safety - Jan 2025', 'Group 1 Voice', 'general', 'group-1'],
  );

  await event.delete();
  await voice.delete('end of the course');
  await assert.rejects(voice.fetch(), (error) => error.code === 10003);
  await text.delete();
  await category.delete();
});

test('what Discord forbids is refused in words that it understands', async () => {
  const refused = (code) => (error) => error instanceof DiscordAPIError && error.code === code;
  await assert.rejects(general.send({ content: 'x'.repeat(2001) }), refused(50035));
  await assert.rejects(
    guild.channels.create({ name: 'x', permissionOverwrites: [{ id: guild.id, allow: [PermissionFlagsBits.ManageRoles] }] }),
    refused(50013),
  );
  await assert.rejects(
    guild.scheduledEvents.create({
      name: 'late',
      scheduledStartTime: Date.now() - hour,
      privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
      entityType: GuildScheduledEventEntityType.External,
      scheduledEndTime: Date.now() + hour,
      entityMetadata: { location: 'park' },
    }),
    (error) => JSON.stringify(error.rawError.errors).includes('GUILD_SCHEDULED_EVENT_SCHEDULE_PAST'),
  );
});

test('it answers a command, its autocomplete and a button', async () => {
  const commands = await guild.commands.set([
    {
      name: 'schedule',
      description: 'Makes groups',
      defaultMemberPermissions: '0',
      options: [
        { name: 'cohort', description: 'Which', type: ApplicationCommandOptionType.String, required: true, autocomplete: true },
        { name: 'min', description: 'Least', type: ApplicationCommandOptionType.Integer, minValue: 2 },
      ],
    },
  ]);
  assert.equal(commands.size, 1);
  assert.equal((await guild.commands.fetch()).first().name, 'schedule');

  const proposing = next(client, Events.InteractionCreate, (got) => got.isAutocomplete()).then((got) => {
    assert.equal(got.options.getFocused(), 'ai');
    return got.respond([{ name: 'AI Safety - Jan 2025 (24 pending)', value: '1' }]);
  });
  const offered = await sandbox.ask('POST', '/autocomplete', {
    user_id: sandbox.admin_user_id,
    command: 'schedule',
    option: 'cohort',
    value: 'ai',
  });
  await proposing;
  assert.deepEqual(offered.choices, [{ name: 'AI Safety - Jan 2025 (24 pending)', value: '1' }]);

  const arriving = next(client, Events.InteractionCreate, (got) => got.isChatInputCommand());
  const { id } = await sandbox.ask('POST', '/interactions', {
    user_id: sandbox.admin_user_id,
    command: 'schedule',
    options: { cohort: '1', min: '4' },
  });
  const command = await arriving;
  assert.equal(command.id, id);
  assert.equal(command.options.getString('cohort'), '1');
  assert.equal(command.options.getInteger('min'), 4);
  assert.ok(command.memberPermissions.has(PermissionFlagsBits.Administrator));
  assert.ok(command.appPermissions.has(PermissionFlagsBits.ManageChannels));
  await command.deferReply();
  assert.equal((await sandbox.ask('GET', `/interactions/${id}`)).status, 'thinking');
  await command.editReply({
    embeds: [new EmbedBuilder().setTitle('4 groups')],
    components: [new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('next').setLabel('Next').setStyle(ButtonStyle.Primary))],
  });
  const aside = await command.followUp({ content: 'Two people are left', flags: MessageFlags.Ephemeral });
  const shown = await sandbox.ask('GET', `/interactions/${id}`);
  assert.equal(shown.status, 'answered');
  assert.equal(shown.embeds[0].title, '4 groups');
  assert.equal(shown.followups[0].id, aside.id);
  const reply = await command.fetchReply();
  assert.equal(reply.interactionMetadata.id, id);
  assert.equal(reply.id, shown.message_id);

  const pressing = next(client, Events.InteractionCreate, (got) => got.isButton());
  await sandbox.ask('POST', '/components', { user_id: sandbox.admin_user_id, message_id: reply.id, custom_id: 'next' });
  const button = await pressing;
  assert.equal(button.message.id, reply.id);
  await button.update({ content: 'Page 2', components: [] });
  assert.equal((await general.messages.fetch({ message: reply.id, force: true })).content, 'Page 2');

  await assert.rejects(button.client.rest.post(`/interactions/${button.id}/${button.token}/callback`, { auth: false, body: { type: 6 } }), (error) => error.code === 40060);
});

test('it waits as the headers of the limits say and is never caught beyond one', async () => {
  const sent = await Promise.all(Array.from({ length: 7 }, (_, n) => general.send(`message ${n}`)));
  assert.equal(new Set(sent.map((message) => message.id)).size, 7);
  const requests = await sandbox.ask('GET', '/requests?after=0');
  assert.deepEqual(requests.filter((request) => request.violation !== null), []);
  assert.ok(requests.every((request) => request.status !== 429));
});

test('after a drop it resumes and hears what it missed', async () => {
  const resumed = next(client, Events.ShardResume);
  const missed = next(client, Events.ChannelCreate, (channel) => channel.name === 'meanwhile');
  await sandbox.ask('POST', '/gateway', { action: 'drop' });
  await sandbox.act('POST', `/guilds/${sandbox.guild_id}/channels`, { name: 'meanwhile' });
  await resumed;
  await missed;
  const history = await sandbox.gatewayHistory();
  assert.equal(history.filter((what) => what === 'identified').length, 1);
  assert.equal(history.filter((what) => what === 'resumed').length, 1);
});

test('asked to reconnect (op 7) it resumes; told that its session is over (op 9) it identifies anew', async () => {
  const resumed = next(client, Events.ShardResume);
  await sandbox.ask('POST', '/gateway', { action: 'reconnect' });
  await resumed;
  const ready = next(client, Events.ShardReady);
  await sandbox.ask('POST', '/gateway', { action: 'invalid_session', resumable: false });
  await ready;
  const history = await sandbox.gatewayHistory();
  assert.equal(history.filter((what) => what === 'resumed').length, 2);
  assert.equal(history.filter((what) => what === 'identified').length, 2);
  const heard = next(client, Events.ChannelDelete, (channel) => channel.name === 'meanwhile');
  await client.channels.cache.find((channel) => channel.name === 'meanwhile').delete();
  await heard;
});

test('the sandbox has printed its one line and nothing else', () => {
  assert.equal(sandbox.lines.length, 1);
});
