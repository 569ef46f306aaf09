from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transit', '0006_changes_amended_and_feeds'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedFeed',
            fields=[
                ('kind', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('body', models.BinaryField()),
                ('etag', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': '实时数据发布',
                'verbose_name_plural': '实时数据发布',
            },
        ),
    ]
